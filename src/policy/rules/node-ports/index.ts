/** Rules about node ports. */
export { nodePortLeftOpen } from "./node-port-left-open.ts";
export { nodePortRange } from "./node-port-range.ts";
export { nodePortsForbidden } from "./node-ports-forbidden.ts";
export { staticNodePort } from "./static-node-port.ts";
