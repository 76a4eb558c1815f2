import { isObject, type JsonObject } from "../../field/index.ts";
import { entriesOf } from "../extract/index.ts";
import { type InventoryView, NEEDS } from "../model/index.ts";
import { Inventory } from "./inventory.ts";

/** An inventory of these objects and of the items of a List, which are all there are. @param namespace that of objects without one */
export function inventoryOf(objects: readonly JsonObject[], namespace: string): InventoryView {
  const inventory = new Inventory(true, new Set(NEEDS));
  for (const [index, object] of objects.flatMap(itemsOf).entries()) {
    const entries = entriesOf(object, { namespace, isNamespaceCertain: true });
    if (entries !== undefined) inventory.set(String(index), entries);
  }
  return inventory.view();
}

/** The objects that a List holds, such as the output of `kubectl get -o yaml`; another object itself. */
function itemsOf(object: JsonObject): readonly JsonObject[] {
  const { kind, items } = object;
  return kind === "List" && Array.isArray(items) ? items.filter(isObject) : [object];
}
