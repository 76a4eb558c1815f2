/** The sources of what may change while the webhook runs: the serving certificate, facts about the cluster, policies, an inventory. */
export { type ClusterFacts, type ClusterState, fixedFacts } from "./cluster-facts.ts";
export {
  type Credentials,
  fixedCredentials,
  NO_CREDENTIALS,
  notifyListeners,
  type ReadinessCheck,
  type ServingPair,
} from "./credentials.ts";
export { type InventorySource, NO_INVENTORY } from "./inventory-source.ts";
export { EMPTY_POLICY_SOURCE, mergePolicySources, type PolicySource } from "./policy-source.ts";
export { problemOfPair, problemOfValidityPeriod, secureContextOptions } from "./serving-pair.ts";
