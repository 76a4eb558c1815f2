/** What names Services. */
export { brokenBy, type BrokenReference } from "./broken-by.ts";
export { isElsewhere } from "./elsewhere.ts";
export { grantsIn } from "./grants-in.ts";
export { listPorts } from "./ports.ts";
export { referencesIn } from "./references-in.ts";
export { faultOf, type ReferableView, type ReferenceFault } from "./resolve.ts";
