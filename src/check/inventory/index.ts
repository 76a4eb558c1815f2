/** What is around the Services of a run: the objects of its manifests and of `--inventory`, set by set. */
export { type Collected, collectObjects, type TextObjects, textObjects } from "./collect-objects.ts";
export type { FoundObject } from "./found-object.ts";
export { type GivenObjects, type GivenReference, readGivenObjects } from "./given-objects.ts";
export { inventoryNotes } from "./inventory-notes.ts";
export { type LocatedObject, objectsIn, type ReadingOptions } from "./objects-in.ts";
export { type InventoryData, RunInventory } from "./run-inventory.ts";
