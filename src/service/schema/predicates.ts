import { hasFeature, type KubernetesVersion } from "../versions/index.ts";
import type { ServiceSpec } from "./types.ts";

/** Predicates on a spec that several steps share. Source: section "Updates" of the Service reference. */

/** Whether the Service has no virtual address: DNS answers with the addresses of the Pods. */
export function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === "None";
}

/** Whether Services of this type have cluster addresses (`None` counts as one). */
export function needsClusterIP(spec: ServiceSpec): boolean {
  return spec.type !== "ExternalName";
}

/** Whether Services of this type have node ports. */
export function needsNodePort(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || spec.type === "LoadBalancer";
}

/** Whether the server allocates node ports that are not requested. */
export function allocatesNodePorts(spec: ServiceSpec): boolean {
  return spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
}

/** Whether the load balancer checks the nodes for endpoints, which takes a health check port. */
export function needsHealthCheckPort(spec: ServiceSpec): boolean {
  return spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
}

/**
 * Whether the Service has an external traffic policy: traffic from outside the cluster can reach it by node ports, a load
 * balancer or, for newer servers, external IPs.
 */
export function hasExternalPolicy(spec: ServiceSpec, version: KubernetesVersion): boolean {
  if (spec.type === "NodePort" || spec.type === "LoadBalancer") return true;
  const hasExternalIPs = spec.type === "ClusterIP" && (spec.externalIPs?.length ?? 0) > 0;
  return hasExternalIPs && hasFeature(version, "externalPolicyOfExternalIPs");
}

/** Whether both lists have the same strings in the same order; an absent list counts as empty. */
export function sameStrings(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  const [first, second] = [a ?? [], b ?? []];
  return first.length === second.length && first.every((text, i) => text === second[i]);
}

/** The set of node ports of a spec. */
export function nodePorts(spec: ServiceSpec): Set<number> {
  return new Set((spec.ports ?? []).flatMap((port) => (port.nodePort === undefined ? [] : [port.nodePort])));
}
