/** What is behind a Service: the workloads that it selects, as far as they are known. */
export { areOnEveryNode, backendsOf, type Backends, podsOf, servingOf } from "./backends.ts";
export { inFrontOfOnePod } from "./in-front-of-one-pod.ts";
export { isInjected } from "./injected-ports.ts";
export { isSettled } from "./is-settled.ts";
export { nearMiss, type NearMiss } from "./near-miss.ts";
export { labelsText, portsText, workloadsText, workloadText } from "./texts.ts";
