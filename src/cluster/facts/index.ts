/** Facts about the cluster: Kubernetes version, Service CIDRs, labels of namespaces, stored Services. */
export { type ClusterDescription, describeCluster, discoverVersion } from "./cluster-description.ts";
export { DiscoveredFacts } from "./facts.ts";
export { labelsOf, NamespaceLabels } from "./namespaces.ts";
export { listServices } from "./services.ts";
