/** The replicas of this webhook, registered in a Lease. */
export { type OtherReplicas, ReplicaRegistry } from "./replica-registry.ts";
