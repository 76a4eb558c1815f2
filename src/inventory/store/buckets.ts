/**
 * Entries by key, several of one key. Most keys have one entry, which is kept as it is: a Set for each would be most of
 * what an inventory takes.
 */
export class Buckets<E extends { readonly name: string }> {
  readonly #buckets = new Map<string, E | Set<E>>();

  get isEmpty(): boolean {
    return this.#buckets.size === 0;
  }

  add(key: string, entry: E): void {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, entry);
    else if (bucket instanceof Set) bucket.add(entry);
    else if (bucket !== entry) this.#buckets.set(key, new Set([bucket, entry]));
  }

  delete(key: string, entry: E): void {
    const bucket = this.#buckets.get(key);
    if (bucket === entry) this.#buckets.delete(key);
    else if (bucket instanceof Set && bucket.delete(entry) && bucket.size === 1) {
      for (const last of bucket) this.#buckets.set(key, last);
    }
  }

  get(key: string): Iterable<E> {
    return items(this.#buckets.get(key));
  }

  count(key: string): number {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return 0;
    return bucket instanceof Set ? bucket.size : 1;
  }

  /** All entries: one of several keys comes several times. */
  *all(): Generator<E> {
    for (const bucket of this.#buckets.values()) {
      if (bucket instanceof Set) yield* bucket;
      else yield bucket;
    }
  }
}

function items<E extends { readonly name: string }>(bucket: E | Set<E> | undefined): Iterable<E> {
  if (bucket === undefined) return [];
  return bucket instanceof Set ? bucket : [bucket];
}
