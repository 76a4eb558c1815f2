import { entriesOf } from "../../inventory/extract/index.ts";
import type { Inventory } from "../../inventory/store/index.ts";
import {
  ApiError,
  type ClusterDependencies,
  errorText,
  followCollection,
  type Following,
  isForbidden,
  isGone,
  isMissing,
} from "../api/index.ts";
import { type Collection, nameOf, PAGE, prefixOf, typeAt } from "./collections.ts";

/** What an inventory is told of one of its collections. */
export interface CollectionEvents {
  /** It is settled now, or not any more. */
  onChange(): void;
  /** The API server has answered. */
  onAlive(): void;
  /** The API server has not answered. */
  onAway(trouble: string): void;
}

/** What a cluster stores without a namespace is in none. */
const IN_NO_NAMESPACE = { namespace: "" };
const TOO_MANY_REQUESTS = 429;

/** One collection that an inventory follows. */
export class FollowedCollection {
  readonly collection: Collection;
  readonly path: string;
  readonly #dependencies: ClusterDependencies;
  readonly #events: CollectionEvents;
  readonly #following: Following;
  #isListed = false;
  #refusal: string | undefined;
  #isMissing = false;
  #aliveAt: number;

  constructor(
    dependencies: ClusterDependencies,
    collection: Collection,
    path: string,
    inventory: Inventory,
    events: CollectionEvents,
  ) {
    this.#dependencies = dependencies;
    this.collection = collection;
    this.path = path;
    this.#events = events;
    this.#aliveAt = dependencies.clock.now().getTime();
    const type = typeAt(path, collection);
    const { labelSelector, metadataOnly, pageSize = PAGE } = collection;
    this.#following = followCollection(
      {
        api: dependencies.api,
        clock: dependencies.clock,
        take: (key, object) => {
          const entries = entriesOf({ ...object, ...type }, IN_NO_NAMESPACE);
          if (entries !== undefined) inventory.set(key, entries);
          return entries !== undefined;
        },
        drop: (key) => {
          inventory.delete(key);
        },
        onListed: () => {
          this.#settle({ isListed: true, refusal: undefined, isMissing: false });
        },
        onAlive: () => {
          this.#aliveAt = dependencies.clock.now().getTime();
          events.onAlive();
        },
        onError: (error) => {
          this.#onError(error);
        },
      },
      { path, prefix: prefixOf(collection), labelSelector, metadataOnly, pageSize },
    );
  }

  /** How many objects something is kept of. */
  get size(): number {
    return this.#following.keys.size;
  }

  /** When the API server has last said anything about it, in milliseconds since the epoch. */
  get aliveAt(): number {
    return this.#aliveAt;
  }

  /** Whether its age counts: not if it is passed over. */
  get counts(): boolean {
    return this.#isListed;
  }

  /** Whether the API server does not have it any more. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** Why it is not known; undefined if it is, is about to be, or is not needed. */
  get refusal(): string | undefined {
    return this.collection.isOptional === true ? undefined : this.#refusal;
  }

  /** Whether all of it is known, or it is passed over. */
  get isSettled(): boolean {
    return this.#isListed || (this.collection.isOptional === true && this.#refusal !== undefined);
  }

  end(): void {
    this.#following.end();
  }

  /** Takes all that is known of it out of the inventory. */
  forget(): void {
    this.#following.clear();
  }

  #settle(state: {
    readonly isListed: boolean;
    readonly refusal: string | undefined;
    readonly isMissing: boolean;
  }): void {
    const isChanged = this.#isListed !== state.isListed || this.#refusal !== state.refusal;
    this.#isListed = state.isListed;
    this.#refusal = state.refusal;
    this.#isMissing = state.isMissing;
    if (isChanged) this.#events.onChange();
  }

  #onError(error: unknown): void {
    // The next attempt lists it again.
    if (isGone(error)) return;
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 0 || status === TOO_MANY_REQUESTS) {
      this.#events.onAway(errorText(error));
      return;
    }
    if (isMissing(error)) {
      this.#aliveAt = this.#dependencies.clock.now().getTime();
      this.#following.clear();
      this.#settle({ isListed: true, refusal: undefined, isMissing: true });
      return;
    }
    const name = nameOf(this.collection);
    const refusal = isForbidden(error)
      ? `Fairlead may not list and watch ${name}`
      : `${name} cannot be read: ${errorText(error)}`;
    if (refusal !== this.#refusal) this.#warn(refusal, errorText(error));
    // What was known before the server had trouble with it still counts; what may not be read any more does not.
    this.#settle({ isListed: this.#isListed && !isForbidden(error), refusal, isMissing: false });
  }

  #warn(refusal: string, trouble: string): void {
    const { group, resource, needs, isOptional } = this.collection;
    const grant = { apiGroups: [group], resources: [resource], verbs: ["list", "watch"] };
    const effect =
      isOptional === true
        ? "rules are judged without them"
        : `rules that need ${needs.join(" or ")} find nothing until it may`;
    this.#dependencies.log.warn({ trouble, grant }, `${refusal}: ${effect}`);
  }
}
