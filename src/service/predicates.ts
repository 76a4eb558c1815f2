import type { ServiceSpec } from "./types.ts";

/** Questions about a spec that several steps ask. Source: section "Updates" of the Service reference. */

/** Whether the Service has no virtual address: DNS answers with the Pods themselves. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === "None";
}

/** Whether the type is one that has cluster addresses (`None` counts as one). */
export function needsClusterIP(spec: ServiceSpec): boolean {
  return spec.type !== "ExternalName";
}

/** Whether the type is one that node ports belong to. */
export function needsNodePort(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || spec.type === "LoadBalancer";
}

/** Whether the server gives node ports where none were asked for. */
export function allocatesNodePorts(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
}

/** Whether a load balancer asks the nodes if they have endpoints. */
export function needsHealthCheckPort(spec: ServiceSpec): boolean {
  return spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}

/** Whether traffic from outside the cluster can reach the Service: by node ports, a load balancer or external IPs. */
export function isExternallyReachable(spec: ServiceSpec): boolean {
  if (spec.type === "NodePort" || spec.type === "LoadBalancer") return true;
  return spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0;
}

/** Whether both lists hold the same texts in the same order; an absent list is empty. */
export function sameTexts(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  const [first, second] = [a ?? [], b ?? []];
  return first.length === second.length && first.every((text, i) => text === second[i]);
}

/** The node ports of a spec, each once. */
export function nodePorts(spec: ServiceSpec): Set<number> {
  return new Set((spec.ports ?? []).flatMap((port) => (port.nodePort === undefined ? [] : [port.nodePort])));
}
