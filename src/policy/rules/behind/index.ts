/** What is behind a Service: the workloads that it selects, as far as they are known. */
export { backendsOf, type Backends, podsOf } from "./backends.ts";
export { isSettled } from "./is-settled.ts";
export { nearMiss, type NearMiss } from "./near-miss.ts";
export { labelsText, workloadsText, workloadText } from "./texts.ts";
