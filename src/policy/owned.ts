import { isObject, valueAt } from "../field/json.ts";

/** What tells the ports of a Service apart, in lists that are merged item by item: no other list of it is. */
interface PortKey {
  readonly port: unknown;
  readonly protocol: unknown;
}

/** The port and the protocol of an item of `spec.ports`; TCP where it has none. */
export function portKeyOf(port: unknown): PortKey {
  return { port: valueAt(port, ["port"]), protocol: valueAt(port, ["protocol"]) ?? "TCP" };
}

/** A text that is the same for equal keys alone; undefined for a port that is no plain value and so equals none. */
export function portKeyText({ port, protocol }: PortKey): string | undefined {
  if (typeof port === "object" || typeof protocol === "object") return undefined;
  return JSON.stringify([port, protocol]);
}

/**
 * What any of some entries of `managedFields` list at one place: their `fieldsV1`, walked together, so that each is
 * gone through once, however many values are asked about.
 */
export class Owned {
  readonly #nodes: readonly unknown[];
  readonly #children = new Map<string, Owned>();
  #items: ReadonlyMap<string, Owned> | undefined;
  #isWhole: boolean | undefined;

  constructor(nodes: readonly unknown[]) {
    this.#nodes = nodes.filter((node) => node !== undefined);
  }

  /** Whether any of them lists the value at these steps; a field without inner ones stands for all that is below it. */
  owns(keys: readonly (string | number)[], given: unknown): boolean {
    const [first, ...rest] = keys;
    if (first === undefined) return this.#nodes.length > 0;
    let at = this.#step(first, given);
    for (const key of rest) {
      if (at.#isWholeField()) return true;
      at = at.#step(key, given);
    }
    return at.#nodes.length > 0;
  }

  #step(key: string | number, given: unknown): Owned {
    return typeof key === "number" ? this.#item(portKeyOf(valueAt(given, ["spec", "ports", key]))) : this.#child(key);
  }

  /** Whether one of them is a field without inner ones. */
  #isWholeField(): boolean {
    this.#isWhole ??= this.#nodes.some((node) => isObject(node) && Object.keys(node).length === 0);
    return this.#isWhole;
  }

  #child(name: string): Owned {
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const child = new Owned(this.#nodes.map((node) => valueAt(node, [`f:${name}`])));
    this.#children.set(name, child);
    return child;
  }

  #item(key: PortKey): Owned {
    this.#items ??= itemsOf(this.#nodes);
    const text = portKeyText(key);
    return (text === undefined ? undefined : this.#items.get(text)) ?? NOTHING;
  }
}

const NOTHING = new Owned([]);

/** The items of lists, by their keys; of two of one list with the same key the first counts. */
function itemsOf(lists: readonly unknown[]): ReadonlyMap<string, Owned> {
  const items = new Map<string, unknown[]>();
  for (const list of lists) {
    const seen = new Set<string>();
    for (const [name, fields] of Object.entries(isObject(list) ? list : {})) {
      const key = name.startsWith("k:") ? keyIn(name.slice(2)) : undefined;
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const known = items.get(key);
      if (known === undefined) items.set(key, [fields]);
      else known.push(fields);
    }
  }
  return new Map([...items].map(([key, fields]) => [key, new Owned(fields)]));
}

function keyIn(text: string): string | undefined {
  try {
    return portKeyText(portKeyOf(JSON.parse(text)));
  } catch {
    return undefined;
  }
}
