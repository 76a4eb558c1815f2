/** The sources of what may change while the webhook runs: the serving certificate, facts about the cluster, policies. */
export { type ClusterFacts, type ClusterState, fixedFacts } from "./cluster-facts.ts";
export {
  type Credentials,
  fixedCredentials,
  notifyListeners,
  type ReadinessCheck,
  type ServingPair,
  NO_CREDENTIALS,
} from "./credentials.ts";
export { mergePolicySources, type PolicySource, EMPTY_POLICY_SOURCE } from "./policy-source.ts";
export { secureContextOptions, problemOfValidityPeriod, problemOfPair } from "./serving-pair.ts";
