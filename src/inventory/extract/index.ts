/** From objects to entries. */
export { entriesOf } from "./entries-of.ts";
export { objectsIn } from "./objects-in.ts";
export { serviceEntry } from "./service-entry.ts";
