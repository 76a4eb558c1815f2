/** Facts about the cluster: version, ranges, labels of namespaces. */
export { DiscoveredFacts } from "./facts.ts";
export { NamespaceLabels } from "./namespaces.ts";
