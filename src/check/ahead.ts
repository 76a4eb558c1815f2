/** What comes next, up to `count` of it, with the rest still to come. */
export interface Ahead<Item> {
  readonly next: readonly Item[];
  readonly rest: AsyncGenerator<Item>;
}

/** Looks ahead without losing anything: `next` and then `rest` are all that was to come. */
export async function lookAhead<Item>(items: AsyncGenerator<Item>, count: number): Promise<Ahead<Item>> {
  const next: Item[] = [];
  while (next.length < count) {
    const step = await items.next();
    if (step.done === true) break;
    next.push(step.value);
  }
  return { next, rest: items };
}

/** The two one after the other. */
export async function* together<Item>({ next, rest }: Ahead<Item>): AsyncGenerator<Item> {
  yield* next;
  yield* rest;
}
