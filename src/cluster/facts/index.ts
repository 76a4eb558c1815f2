/** Facts about the cluster: Kubernetes version, Service CIDRs, labels of namespaces. */
export { DiscoveredFacts } from "./facts.ts";
export { NamespaceLabels } from "./namespaces.ts";
