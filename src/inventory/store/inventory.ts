import type { Entries, InventoryView, Need } from "../model/index.ts";

/** Objects by their identity, indexed by what rules ask for. */
export class Inventory {
  readonly isComplete: boolean;

  /** @param isComplete whether it has all there is */
  constructor(isComplete: boolean, _needs: ReadonlySet<Need>) {
    this.isComplete = isComplete;
  }

  /** Adds an object or replaces it. @param key its group, kind, namespace and name */
  set(_key: string, _entries: Entries): void {
    throw new Error("not there yet");
  }

  delete(_key: string): void {
    throw new Error("not there yet");
  }

  /** What is in it, as rules ask for it. @param wider what may be in the same cluster besides; by default nothing */
  view(_wider?: Inventory): InventoryView {
    throw new Error("not there yet");
  }
}
