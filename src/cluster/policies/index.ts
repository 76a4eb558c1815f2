/** The ServicePolicy objects of the cluster: watched, compiled, and their statuses written. */
export { ClusterPolicies } from "./source.ts";
export { readClusterPolicies } from "./read-once.ts";
