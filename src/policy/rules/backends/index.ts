/** Rules about what is behind a Service: the workloads that it selects, their ports, and how many Pods they have. */
export { localTrafficBehind } from "./local-traffic-behind.ts";
export { publishNotReadyBehind } from "./publish-not-ready-behind.ts";
export { selectsWorkload } from "./selects-workload.ts";
export { sessionAffinityBehind } from "./session-affinity-behind.ts";
export { targetPortDeclared } from "./target-port-declared.ts";
export { targetPortNamed } from "./target-port-named.ts";
