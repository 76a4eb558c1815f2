/** The replicas of this webhook, as a Lease lists them. */
export { type OtherReplicas, ReplicaRegistry } from "./replica-registry.ts";
