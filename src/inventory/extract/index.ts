/** From objects to entries. */
export { entriesOf, type ExtractOptions } from "./entries-of.ts";
export { serviceEntry } from "./service-entry.ts";
