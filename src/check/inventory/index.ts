/** What is around the Services of a run: the objects of its manifests and of `--inventory`, set by set. */
export { type FoundObject, foundObject, isService } from "./found-object.ts";
export { type GivenObjects, type GivenReference, readGivenObjects } from "./given-objects.ts";
export { type Gap, objectsIn } from "./objects-in.ts";
export { type FileObjects, type InventoryData, RunInventory, type SetView } from "./run-inventory.ts";
