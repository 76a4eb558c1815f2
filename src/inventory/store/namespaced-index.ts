import type { Entry } from "../model/index.ts";
import { Buckets } from "./buckets.ts";

/** Entries by namespace, and in it by keys. Those of an open namespace are found in any, too. */
export class NamespacedIndex<E extends Entry> {
  readonly #namespaces = new Map<string, Buckets<E>>();
  readonly #open = new Buckets<E>();

  /** @param namespace by default the entry's */
  add(keys: Iterable<string>, entry: E, namespace = entry.namespace): void {
    const buckets = this.#namespaces.get(namespace) ?? new Buckets<E>();
    this.#namespaces.set(namespace, buckets);
    for (const key of keys) {
      buckets.add(key, entry);
      if (entry.isNamespaceOpen === true) this.#open.add(key, entry);
    }
  }

  delete(keys: Iterable<string>, entry: E, namespace = entry.namespace): void {
    const buckets = this.#namespaces.get(namespace);
    if (buckets === undefined) return;
    for (const key of keys) {
      buckets.delete(key, entry);
      this.#open.delete(key, entry);
    }
    if (buckets.isEmpty) this.#namespaces.delete(namespace);
  }

  /** Those that are certainly in the namespace and have the key. */
  get(namespace: string, key: string): Iterable<E> {
    return this.#namespaces.get(namespace)?.get(key) ?? [];
  }

  /** All that are certainly in the namespace: one of several keys comes several times. */
  in(namespace: string): Iterable<E> {
    return this.#namespaces.get(namespace)?.all() ?? [];
  }

  /**
   * Those that may be in the namespace and have one of the keys, that of the fewest entries: for a caller who asks for entries with all of
   * them. Without keys, all: then, one of several keys comes several times.
   * @param namespace undefined if that may be any
   */
  maybe(namespace: string | undefined, keys: readonly string[]): Iterable<E> {
    if (namespace === undefined) return this.#anywhere(keys);
    const buckets = this.#namespaces.get(namespace);
    const certain = buckets === undefined ? [] : rarest(buckets, keys);
    return this.#open.isEmpty ? certain : this.#withOpen(certain, namespace, keys);
  }

  *#anywhere(keys: readonly string[]): Generator<E> {
    for (const buckets of this.#namespaces.values()) {
      const found = rarest(buckets, keys);
      // Most namespaces have none.
      if (found !== NONE) yield* found;
    }
  }

  *#withOpen(certain: Iterable<E>, namespace: string, keys: readonly string[]): Generator<E> {
    yield* certain;
    for (const entry of rarest(this.#open, keys)) if (entry.namespace !== namespace) yield entry;
  }
}

const NONE: readonly never[] = [];

function rarest<E extends Entry>(buckets: Buckets<E>, keys: readonly string[]): Iterable<E> {
  let best = keys[0];
  if (best === undefined) return buckets.all();
  let fewest = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const count = buckets.count(key);
    if (count === 0) return NONE;
    if (count < fewest) [best, fewest] = [key, count];
  }
  return buckets.get(best);
}
