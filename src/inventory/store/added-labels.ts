import type { Labels, WorkloadEntry } from "../model/index.ts";

const POD_NAME = "statefulset.kubernetes.io/pod-name";
const CONTROLLER_UIDS = ["controller-uid", "batch.kubernetes.io/controller-uid"];
const COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index";
/** Where Argo Rollouts tells its ReplicaSets apart, also those that it makes of a Deployment's template. */
const ROLLOUT_HASH = "rollouts-pod-template-hash";

/** The labels that controllers give to Pods besides those of the template, with values that the workload does not tell. */
const ADDED_LABELS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["pod-template-hash", ROLLOUT_HASH],
  Rollout: [ROLLOUT_HASH],
  StatefulSet: ["controller-revision-hash", "apps.kubernetes.io/pod-index", POD_NAME],
  DaemonSet: ["controller-revision-hash", "pod-template-generation"],
  Job: [...CONTROLLER_UIDS, COMPLETION_INDEX],
  CronJob: [...CONTROLLER_UIDS, COMPLETION_INDEX, "job-name", "batch.kubernetes.io/job-name"],
  DeploymentConfig: ["deployment"],
};
const ADDED = new Set(Object.values(ADDED_LABELS).flat());

/** Whether the workload has, or may have, Pods with all of these labels. */
export function hasPodsWith({ kind, name, labels }: WorkloadEntry, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => {
    if (Object.hasOwn(labels, key)) return labels[key] === value;
    if (!Object.hasOwn(ADDED_LABELS, kind) || ADDED_LABELS[kind]?.includes(key) !== true) return false;
    return key !== POD_NAME || statefulSetOf(value) === name;
  });
}

/**
 * What a workload is indexed by: the values of its Pods' labels, without their keys, which tell little more and would be a
 * text each. StatefulSets also by their name, for Services of one of their Pods.
 */
export function workloadKeys({ kind, name, labels }: WorkloadEntry): readonly string[] {
  const values = Object.values(labels);
  return kind === "StatefulSet" ? [...values, name] : values;
}

/** What to look workloads up by that a selector selects: each of them has all of these keys. */
export function selectorKeys(selector: Labels): readonly string[] {
  return Object.entries(selector).flatMap(([key, value]) => {
    if (key === POD_NAME) return [statefulSetOf(value)];
    return ADDED.has(key) ? [] : [value];
  });
}

/** The StatefulSet of a Pod `name-0`. */
function statefulSetOf(pod: string): string {
  return pod.replace(/-\d+$/, "");
}
