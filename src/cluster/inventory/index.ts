/** What is around the Services of a cluster, kept up to date by watches: only what rules in force need, and only what they read. */
export { ClusterInventory } from "./cluster-inventory.ts";
export { INVENTORY_IS_OFF, type InventoryCoverage, withoutInventory } from "./coverage.ts";
export { type NamingObject, readInventory, type ReadInventory } from "./read-once.ts";
