import { equalJson } from "../../field/index.ts";
import type { Elsewhere, Entries, InventoryView, Need, ReferenceEntry } from "../model/index.ts";
import { Indexes } from "./indexes.ts";
import { Sharing } from "./sharing.ts";
import { viewOf } from "./inventory-view.ts";

/** Objects by their identity, indexed by what rules ask for. Changed in place: its views show each change at once. */
export class Inventory {
  readonly isComplete: boolean;
  readonly needs: ReadonlySet<Need>;
  readonly #objects = new Map<string, Entries>();
  readonly #indexes = new Indexes();
  readonly #sharing = new Sharing();
  #revision = 0;

  /**
   * @param isComplete whether it has all there is
   * @param needs what it knows of, if only that there is none
   */
  constructor(isComplete: boolean, needs: ReadonlySet<Need>) {
    this.isComplete = isComplete;
    this.needs = needs;
  }

  /** How many objects it has. */
  get size(): number {
    return this.#objects.size;
  }

  /** Changes whenever anything in it does. */
  get revision(): number {
    return this.#revision;
  }

  /** What names Services, in no order. */
  *references(): Generator<ReferenceEntry> {
    for (const { references = [] } of this.#objects.values()) yield* references;
  }

  /** Adds an object or replaces it. @param key its group, kind, namespace and name */
  set(key: string, entries: Entries): void {
    const old = this.#objects.get(key);
    if (old !== undefined) {
      // Most changes in a cluster are of a status, of which nothing is kept.
      if (equalJson(old, entries)) return;
      this.#indexes.change("delete", old);
    }
    this.#revision++;
    const shared = this.#sharing.entries(entries);
    this.#objects.set(key, shared);
    this.#indexes.change("add", shared);
  }

  delete(key: string): void {
    const old = this.#objects.get(key);
    if (old === undefined) return;
    this.#revision++;
    this.#objects.delete(key);
    this.#indexes.change("delete", old);
  }

  /**
   * What is in it, as rules ask for it.
   * @param wider what may be in the same cluster besides; by default nothing
   * @param elsewhere what comes from elsewhere
   */
  view(wider?: Inventory, elsewhere: readonly Elsewhere[] = []): InventoryView {
    const { isComplete } = wider ?? this;
    return viewOf(
      { indexes: this.#indexes, needs: this.needs, isComplete, elsewhere: new Set(elsewhere) },
      wider === undefined ? undefined : wider.#indexes,
    );
  }
}
