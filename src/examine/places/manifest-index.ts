import type { KeyPath } from "../../text/document/index.ts";

interface Branch<Item> {
  readonly own: { readonly item: Item; readonly order: number }[];
  readonly items: Map<string | number, Branch<Item>>;
}

/**
 * Items of a document, indexed by the List item that they are in, so that each manifest of a List of thousands finds
 * its own items without a search through those of the others.
 */
export class ManifestIndex<Item> {
  readonly #root: Branch<Item> = { own: [], items: new Map() };

  constructor(items: readonly Item[], keysOf: (item: Item) => KeyPath) {
    for (const [order, item] of items.entries()) {
      let branch = this.#root;
      const keys = keysOf(item);
      for (let depth = 0; keys[depth] === "items" && typeof keys[depth + 1] === "number"; depth += 2) {
        branch = branchAt(branch, keys[depth + 1] ?? 0);
      }
      branch.own.push({ item, order });
    }
  }

  /** The items in the manifest at these keys, in the order of the document. */
  itemsIn(keys: KeyPath): Item[] {
    let branch: Branch<Item> | undefined = this.#root;
    for (let depth = 1; depth < keys.length; depth += 2) branch = branch?.items.get(keys[depth] ?? 0);
    if (branch === undefined) return [];
    const found = [...allOf(branch)];
    return found.sort((a, b) => a.order - b.order).map(({ item }) => item);
  }
}

function branchAt<Item>(branch: Branch<Item>, index: string | number): Branch<Item> {
  const existing = branch.items.get(index);
  if (existing !== undefined) return existing;
  const created: Branch<Item> = { own: [], items: new Map() };
  branch.items.set(index, created);
  return created;
}

function* allOf<Item>(root: Branch<Item>): Generator<Branch<Item>["own"][number]> {
  const pending = [root];
  for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
    yield* branch.own;
    for (const child of branch.items.values()) pending.push(child);
  }
}
