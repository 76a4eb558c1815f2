import type { KnownInventory } from "../admission/index.ts";
import type { Need } from "../inventory/model/index.ts";

/** The source of what is around the Services of a cluster. */
export interface InventorySource {
  /** What is known now; undefined if there is nothing to know, or nothing is known yet. The same object while nothing changes. */
  current(): KnownInventory | undefined;
  /** How many objects of each kind are kept, and which needs there are and whether each is known; absent if nothing is ever read. */
  state?(): {
    readonly objects: ReadonlyMap<string, number>;
    readonly synced: ReadonlyMap<Need, boolean>;
  };
  /** Ends all watches. */
  close(): Promise<void>;
}

/** The source of a server that reads nothing of what is around Services. */
export const NO_INVENTORY: InventorySource = {
  current: () => undefined,
  close: () => Promise.resolve(),
};
