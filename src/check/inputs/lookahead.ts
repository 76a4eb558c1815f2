/** The next items of a generator, and the generator for the rest. */
export interface Lookahead<Item> {
  readonly next: readonly Item[];
  readonly rest: IterableIterator<Item>;
}

/** Takes up to `count` items without losing any: `next` followed by `rest` are all items. */
export function lookAhead<Item>(items: IterableIterator<Item>, count: number): Lookahead<Item> {
  const next: Item[] = [];
  while (next.length < count) {
    const step = items.next();
    if (step.done === true) break;
    next.push(step.value);
  }
  return { next, rest: items };
}

/** Yields the items of `next`, then those of `rest`. */
export function* withLookahead<Item>({ next, rest }: Lookahead<Item>): Generator<Item> {
  yield* next;
  yield* rest;
}
