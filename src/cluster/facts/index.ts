/** Facts about the cluster: Kubernetes version, Service CIDRs, labels of namespaces. */
export { type ClusterDescription, describeCluster } from "./cluster-description.ts";
export { DiscoveredFacts } from "./facts.ts";
export { NamespaceLabels } from "./namespaces.ts";
