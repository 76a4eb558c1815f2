/** Rules about what several Services claim: Pods, addresses, names, ports, and their namespace's limits. */
export { resourceQuota } from "./resource-quota.ts";
export { serviceLimits } from "./service-limits.ts";
export { uniqueDNSName } from "./unique-dns-name.ts";
export { uniqueExternalIP } from "./unique-external-ip.ts";
export { uniqueLoadBalancerIP } from "./unique-load-balancer-ip.ts";
export { uniqueNodePort } from "./unique-node-port.ts";
export { uniqueSelector } from "./unique-selector.ts";
