/** The next items of a generator, and the generator for the rest. */
export interface Lookahead<Item> {
  readonly next: readonly Item[];
  readonly rest: AsyncGenerator<Item>;
}

/** Takes up to `count` items without losing any: `next` followed by `rest` are all items. */
export async function lookAhead<Item>(items: AsyncGenerator<Item>, count: number): Promise<Lookahead<Item>> {
  const next: Item[] = [];
  while (next.length < count) {
    const step = await items.next();
    if (step.done === true) break;
    next.push(step.value);
  }
  return { next, rest: items };
}

/** Yields the items of `next`, then those of `rest`. */
export async function* withLookahead<Item>({ next, rest }: Lookahead<Item>): AsyncGenerator<Item> {
  yield* next;
  yield* rest;
}
