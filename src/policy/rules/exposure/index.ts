/** Rules about what opens a Service to the outside: its type, external IPs, source ranges. */
export { allowedTypes } from "./allowed-types.ts";
export { externalIPs } from "./external-ips.ts";
export { publicLoadBalancer } from "./public-load-balancer.ts";
export { sourceRangesRequired } from "./source-ranges-required.ts";
export { statusAddresses } from "./status-addresses.ts";
