/** Where entries are kept. */
export { Inventory } from "./inventory.ts";
export { inventoryOf } from "./inventory-of.ts";
export { type InventorySlice, sliceFor, viewOfSlice } from "./slice.ts";
