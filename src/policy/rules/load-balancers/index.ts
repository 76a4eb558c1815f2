/** Rules about load balancers: class, address, annotations of clouds. */
export { loadBalancerClassAllowed } from "./load-balancer-class-allowed.ts";
export { loadBalancerClassMissing } from "./load-balancer-class-missing.ts";
export { loadBalancerIPForbidden } from "./load-balancer-ip-forbidden.ts";
export { mixedProtocolLoadBalancer } from "./mixed-protocol-load-balancer.ts";
