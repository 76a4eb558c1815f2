import { isObject, valueAt } from "../../field/index.ts";

/**
 * The merge key of `spec.ports`, by which server-side apply identifies a port. Ports are the only list of a Service
 * that is merged item by item.
 */
interface PortKey {
  readonly port: unknown;
  readonly protocol: unknown;
}

/** The merge key of an item of `spec.ports`; the protocol defaults to TCP. */
export function portKeyOf(port: unknown): PortKey {
  return { port: valueAt(port, ["port"]), protocol: valueAt(port, ["protocol"]) ?? "TCP" };
}

/** A string that identifies the key; undefined if a part of the key is an object, which equals no other key. */
export function portKeyText({ port, protocol }: PortKey): string | undefined {
  if (typeof port === "object" || typeof protocol === "object") return undefined;
  return JSON.stringify([port, protocol]);
}

/**
 * A node in the merged `fieldsV1` trees of several `managedFields` entries. The trees are walked together and cached,
 * so that each is visited once no matter how many paths are looked up.
 */
export class FieldOwnership {
  readonly #nodes: readonly unknown[];
  readonly #children = new Map<string, FieldOwnership>();
  #items: ReadonlyMap<string, FieldOwnership> | undefined;
  #isWhole: boolean | undefined;

  constructor(nodes: readonly unknown[]) {
    this.#nodes = nodes.filter((node) => node !== undefined);
  }

  /** Whether any of the trees lists the value at these keys; a field without children owns everything below it. */
  owns(keys: readonly (string | number)[], object: unknown): boolean {
    const [first, ...rest] = keys;
    if (first === undefined) return this.#nodes.length > 0;
    let at = this.#step(first, object);
    for (const key of rest) {
      if (at.#isWholeField()) return true;
      at = at.#step(key, object);
    }
    return at.#nodes.length > 0;
  }

  #step(key: string | number, object: unknown): FieldOwnership {
    return typeof key === "number" ? this.#item(portKeyOf(valueAt(object, ["spec", "ports", key]))) : this.#child(key);
  }

  /** Whether one of the nodes is a field without children. */
  #isWholeField(): boolean {
    this.#isWhole ??= this.#nodes.some((node) => isObject(node) && Object.keys(node).length === 0);
    return this.#isWhole;
  }

  #child(name: string): FieldOwnership {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const child = new FieldOwnership(this.#nodes.map((node) => valueAt(node, [`f:${name}`])));
    this.#children.set(name, child);
    return child;
  }

  #item(key: PortKey): FieldOwnership {
    this.#items ??= itemsOf(this.#nodes);
    const text = portKeyText(key);
    return (text === undefined ? undefined : this.#items.get(text)) ?? NO_FIELDS;
  }
}

const NO_FIELDS = new FieldOwnership([]);

/** The items of the lists by merge key; within one list, the first of two items with the same key counts. */
function itemsOf(lists: readonly unknown[]): ReadonlyMap<string, FieldOwnership> {
  const items = new Map<string, unknown[]>();
  for (const list of lists) {
    const seen = new Set<string>();
    for (const [name, fields] of Object.entries(isObject(list) ? list : {})) {
      const key = name.startsWith("k:") ? parseItemKey(name.slice(2)) : undefined;
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const known = items.get(key);
      if (known === undefined) items.set(key, [fields]);
      else known.push(fields);
    }
  }
  return new Map([...items].map(([key, fields]) => [key, new FieldOwnership(fields)]));
}

function parseItemKey(text: string): string | undefined {
  try {
    return portKeyText(portKeyOf(JSON.parse(text)));
  } catch {
    return undefined;
  }
}
