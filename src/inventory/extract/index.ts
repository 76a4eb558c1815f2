/** From objects to entries. */
export { entriesOf } from "./entries-of.ts";
export { serviceEntry } from "./service-entry.ts";
export { containerPorts } from "./workload-entry.ts";
