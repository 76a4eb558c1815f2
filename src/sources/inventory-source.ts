import type { KnownInventory } from "../admission/index.ts";

/** The source of what is around the Services of a cluster. */
export interface InventorySource {
  /** What is known now; undefined if there is nothing to know, or nothing is known yet. */
  current(): KnownInventory | undefined;
  /** Ends all watches. */
  close(): Promise<void>;
}
