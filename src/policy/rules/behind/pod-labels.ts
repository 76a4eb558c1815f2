/**
 * Labels that controllers set on Pods, other ones for each kind: an inventory knows by which workload each may be meant. A
 * selector of nothing else may mean the Pods of controllers that it does not know. Sources: kubernetes/api `apps/v1/types.go`
 * and `batch/v1/types.go`; argoproj/argo-rollouts `pkg/apis/rollouts/v1alpha1/types.go`; openshift/api `apps/v1/types.go`.
 */
const CONTROLLER_LABELS: ReadonlySet<string> = new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "pod-template-generation",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "job-name",
  "controller-uid",
  "batch.kubernetes.io/job-name",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
  "rollouts-pod-template-hash",
  "deployment",
]);

/** Whether a controller sets this label on the Pods that it makes. */
export function isSetByController(key: string): boolean {
  return CONTROLLER_LABELS.has(key);
}

/**
 * Labels that any Pod may get after it is made: from its node, by the API server (kubernetes/kubernetes
 * `plugin/pkg/admission/podtopologylabels/admission.go`); and from the program in it, which tells the leader from the others
 * (patroni/patroni `docs/kubernetes.rst`: `role`; bitnami/charts `bitnami/redis`: `isMaster`).
 */
const LATER_LABELS: ReadonlySet<string> = new Set([
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "role",
  "isMaster",
]);

/** Whether any Pod may get this label after it is made. */
export function isSetLater(key: string): boolean {
  return LATER_LABELS.has(key);
}
