/** Where entries are kept. */
export { Inventory } from "./inventory.ts";
export { inventoryOf } from "./inventory-of.ts";
