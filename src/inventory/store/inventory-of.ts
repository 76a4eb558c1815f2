import type { JsonObject } from "../../field/index.ts";
import { entriesOf } from "../extract/index.ts";
import { type InventoryView, NEEDS } from "../model/index.ts";
import { Inventory } from "./inventory.ts";

/** An inventory of these objects, which are all there are. @param namespace that of objects without one */
export function inventoryOf(objects: readonly JsonObject[], namespace: string): InventoryView {
  const inventory = new Inventory(true, new Set(NEEDS));
  for (const [index, object] of objects.entries()) {
    const entries = entriesOf(object, { namespace, isNamespaceCertain: true });
    if (entries !== undefined) inventory.set(String(index), entries);
  }
  return inventory.view();
}
