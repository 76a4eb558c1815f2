/** What the webhook is given while it runs: a serving certificate, facts about the cluster, policies. */
export { type ClusterFacts, type ClusterState, fixedFacts } from "./cluster-facts.ts";
export {
  type Credentials,
  fixedCredentials,
  notifyAll,
  type ReadinessCheck,
  type ServingPair,
  WITHOUT_CREDENTIALS,
} from "./credentials.ts";
export { joinSources, type PolicySource, WITHOUT_POLICIES } from "./policy-source.ts";
export { contextOptionsOf, problemOfDates, problemOfPair } from "./serving-pair.ts";
