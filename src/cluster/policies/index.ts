/** Policies as ServicePolicy objects, watched; their statuses. */
export { ClusterPolicies } from "./source.ts";
