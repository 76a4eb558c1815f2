import { isObject } from "../../field/index.ts";
import type { Entries } from "../model/index.ts";

/** So many texts and lists are remembered: more would take more than sharing saves. */
const MOST = 20_000;

/**
 * Makes entries share what they have in common: namespaces, label values, lists of ports, paths of fields. That halves what an
 * inventory takes. Of what it remembers, it forgets everything now and then, so that it does not keep what is long gone.
 */
export class Sharing {
  readonly #known = new Map<string, unknown>();

  /** The same entries, equal and perhaps shared with others: nobody may change them. */
  entries(entries: Entries): Entries {
    return {
      ...entries,
      ...mapped(entries, (list) => (Array.isArray(list) ? list.map((entry) => this.#parts(entry)) : list)),
    };
  }

  #parts(value: unknown): unknown {
    return isObject(value) ? { ...value, ...mapped(value, (part) => this.#shared(part)) } : value;
  }

  #shared(value: unknown): unknown {
    if (typeof value === "string") return this.#remembered(value, value);
    // A list of a kind is often the same in many objects. A map of labels is not, but its values are.
    return Array.isArray(value) ? this.#remembered(JSON.stringify(value), value) : this.#parts(value);
  }

  #remembered(key: string, value: unknown): unknown {
    const known = this.#known.get(key);
    if (known !== undefined && typeof known === typeof value) return known;
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(key, value);
    return value;
  }
}

function mapped(object: object, map: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
