/**
 * Labels that controllers or the API server set on Pods: no template has them, and a selector may name them. Sources:
 * kubernetes/api `apps/v1/types.go`, `batch/v1/types.go` and `core/v1/well_known_labels.go`; argoproj/argo-rollouts
 * `pkg/apis/rollouts/v1alpha1/types.go`; openshift/api `apps/v1/consts.go`.
 */
const CONTROLLER_LABELS: ReadonlySet<string> = new Set([
  // Deployment, ReplicaSet.
  "pod-template-hash",
  // StatefulSet, DaemonSet.
  "controller-revision-hash",
  "pod-template-generation",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  // Job.
  "job-name",
  "controller-uid",
  "batch.kubernetes.io/job-name",
  "batch.kubernetes.io/controller-uid",
  "batch.kubernetes.io/job-completion-index",
  // Copied from the node by the API server.
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  // Argo Rollout.
  "rollouts-pod-template-hash",
  // OpenShift DeploymentConfig.
  "deployment",
  "deploymentconfig",
]);

/** Whether a controller sets this label on the Pods that it makes. */
export function isSetByController(key: string): boolean {
  return CONTROLLER_LABELS.has(key);
}

/**
 * Labels that programs set on their own Pods while they run, to tell the leader from the others: a template without them may
 * still be meant. Sources: patroni/patroni `docs/kubernetes.rst` (`role`); bitnami/charts `bitnami/redis` (`isMaster`).
 */
const RUNTIME_LABELS: ReadonlySet<string> = new Set(["role", "isMaster"]);

/** Whether a program may set this label on its own Pod. */
export function isSetAtRunTime(key: string): boolean {
  return RUNTIME_LABELS.has(key);
}
