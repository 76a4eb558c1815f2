import type { KnownInventory } from "../../admission/index.ts";
import { type InventoryView, type Need, NEEDS, type ReferenceEntry } from "../../inventory/model/index.ts";
import { Inventory } from "../../inventory/store/index.ts";
import type { InventorySource } from "../../sources/index.ts";
import { type ClusterDependencies, errorText } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import { type Collection, COLLECTIONS } from "./collections.ts";
import type { InventoryCoverage } from "./coverage.ts";
import { pathsOf } from "./discovery.ts";
import { FollowedCollection } from "./followed-collection.ts";

/** Milliseconds between two looks at what the policies need. */
const LOOK = 1_000;

/**
 * What is around the Services of the cluster. Only what the policies in force need is read, from when the first of them is
 * there until the last is gone. A need is known once all that belongs to it has been listed. While the API server is away,
 * what was known stays, and its age grows.
 */
export class ClusterInventory implements InventorySource, InventoryCoverage {
  readonly #dependencies: ClusterDependencies;
  readonly #refresh: number;
  readonly #loop: Loop;
  readonly #followed = new Map<Collection, FollowedCollection>();
  /** The needs that are known: the inventory's view asks this set itself. */
  readonly #known = new Set<Need>();
  readonly #inventory = new Inventory(true, this.#known);
  readonly #listeners = new Set<() => void>();
  #needs: () => ReadonlySet<Need> = () => new Set();
  #wanted: readonly Need[] = [];
  #view: InventoryView | undefined;
  #current: KnownInventory | undefined;
  #discoveredAt: number | undefined;
  #trouble: string | undefined;
  #isAway = false;

  /** @param refresh milliseconds after which the cluster is asked again which kinds it has */
  constructor(dependencies: ClusterDependencies, refresh: number) {
    this.#dependencies = dependencies;
    this.#refresh = refresh;
    this.#loop = new Loop(dependencies.clock, () => this.#look());
  }

  /** @param needs what the policies in force need; asked for now and then */
  start(needs: () => ReadonlySet<Need>): void {
    this.#needs = needs;
    this.#loop.wake();
  }

  current(): KnownInventory | undefined {
    if (this.#known.size === 0) return undefined;
    const age = this.#age();
    if (this.#current?.age === age) return this.#current;
    this.#view ??= this.#inventory.view();
    this.#current = { view: this.#view, age };
    return this.#current;
  }

  /** Changes whenever what is known does. */
  revision(): number {
    return this.#inventory.revision + this.#known.size;
  }

  /** What names Services, in no order. */
  references(): Iterable<ReferenceEntry> {
    return this.#inventory.references();
  }

  lacking(needs: readonly Need[]): string | undefined {
    const reasons = needs.flatMap((need) => this.#collectionsFor(need).flatMap((one) => one.refusal ?? []));
    return reasons.length === 0 ? undefined : [...new Set(reasons)].join(", ");
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state() {
    const objects = new Map<string, number>();
    for (const [{ kind }, { size }] of this.#followed) objects.set(kind, (objects.get(kind) ?? 0) + size);
    return { objects, synced: new Map(this.#wanted.map((need) => [need, this.#known.has(need)])) };
  }

  async close(): Promise<void> {
    await this.#loop.close();
    for (const followed of this.#followed.values()) followed.end();
  }

  #age(): number {
    const now = this.#dependencies.clock.now().getTime();
    let oldest = now;
    for (const { aliveAt, counts } of this.#followed.values()) if (counts && aliveAt < oldest) oldest = aliveAt;
    return Math.floor((now - oldest) / 1000);
  }

  async #look(): Promise<number> {
    const needs = this.#needs();
    const wanted = NEEDS.filter((need) => needs.has(need));
    const isChanged = wanted.join() !== this.#wanted.join();
    const now = this.#dependencies.clock.now().getTime();
    const isDue = this.#discoveredAt === undefined || now - this.#discoveredAt >= this.#refresh;
    if (!isChanged && (wanted.length === 0 || !isDue)) return LOOK;
    this.#wanted = wanted;
    const collections = COLLECTIONS.filter((collection) => collection.needs.some((need) => wanted.includes(need)));
    try {
      const paths = await pathsOf(this.#dependencies.api, collections);
      this.#discoveredAt = now;
      this.#trouble = undefined;
      this.#follow(collections, paths);
    } catch (error) {
      this.#discoveredAt = undefined;
      const trouble = errorText(error);
      if (trouble !== this.#trouble)
        this.#dependencies.log.warn({ trouble }, "it cannot be told which kinds of objects the cluster has");
      this.#trouble = trouble;
    }
    this.#update();
    return LOOK;
  }

  /** Follows these, and nothing else. Only the API server's answer for a kind itself says that it is gone: discovery may be incomplete. */
  #follow(collections: readonly Collection[], paths: ReadonlyMap<Collection, string>): void {
    for (const [collection, followed] of this.#followed) {
      const path = paths.get(collection);
      const isMoved = followed.isMissing && path !== undefined && path !== followed.path;
      if (collections.includes(collection) && !isMoved) continue;
      followed.end();
      followed.forget();
      this.#followed.delete(collection);
    }
    for (const collection of collections) {
      const path = paths.get(collection);
      if (path === undefined || this.#followed.has(collection)) continue;
      this.#followed.set(
        collection,
        new FollowedCollection(this.#dependencies, collection, path, this.#inventory, {
          onChange: () => {
            this.#update();
          },
          onAlive: () => {
            this.#isAway = false;
          },
          onAway: (trouble) => {
            if (!this.#isAway)
              this.#dependencies.log.warn({ trouble }, "the inventory cannot be read: what was known goes on counting");
            this.#isAway = true;
          },
        }),
      );
    }
  }

  #collectionsFor(need: Need): FollowedCollection[] {
    return [...this.#followed.values()].filter(({ collection }) => collection.needs.includes(need));
  }

  #update(): void {
    for (const need of NEEDS) {
      const isKnown =
        this.#wanted.includes(need) &&
        // Before the kinds of the cluster are known, it is not known what there is.
        (this.#known.has(need) || this.#discoveredAt !== undefined) &&
        this.#collectionsFor(need).every(({ isSettled }) => isSettled);
      if (isKnown === this.#known.has(need)) continue;
      if (isKnown) this.#known.add(need);
      else this.#known.delete(need);
      const objects = this.#collectionsFor(need).reduce((sum, { size }) => sum + size, 0);
      this.#dependencies.log.info(
        { need, objects },
        isKnown ? "rules know what is around a Service" : "rules no longer know what is around a Service",
      );
    }
    for (const listener of this.#listeners) listener();
  }
}
