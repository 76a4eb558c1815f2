import type { ServiceEntry } from "../model/index.ts";

/** What Services use up of what a namespace may be limited in. */
export interface Usage {
  readonly services: number;
  readonly loadBalancers: number;
  readonly nodePorts: number;
}

/**
 * What a Service uses up, as the API server's quota counts it (kubernetes, pkg/quota/v1/evaluator/core/services.go): each
 * port of a NodePort or LoadBalancer has a node port, allocated or not; of a load balancer that is to have none, those that are set.
 */
export function usageOf({ type, ports, allocateLoadBalancerNodePorts = true }: ServiceEntry): Usage {
  const isLoadBalancer = type === "LoadBalancer";
  const hasPorts = type === "NodePort" || isLoadBalancer;
  const isLimited = isLoadBalancer && !allocateLoadBalancerNodePorts;
  const counted = isLimited ? ports.filter(({ nodePort }) => nodePort !== undefined) : ports;
  return { services: 1, loadBalancers: isLoadBalancer ? 1 : 0, nodePorts: hasPorts ? counted.length : 0 };
}
