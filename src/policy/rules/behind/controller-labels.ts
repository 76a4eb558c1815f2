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
  // Copied from the node by the API server, from Kubernetes 1.33 on.
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
