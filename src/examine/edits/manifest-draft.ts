import { isObject, type JsonObject, setOwnProperty, valueAt } from "../../field/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/** A change of a manifest's value. */
export type Change =
  | { readonly type: "set"; readonly keys: KeyPath; readonly value: unknown }
  | { readonly type: "remove"; readonly keys: KeyPath }
  /** Renames a key, or moves it to another object, which is made if it is missing. */
  | { readonly type: "move"; readonly keys: KeyPath; readonly to: KeyPath };

/** The manifest with the changes. Only the objects and lists that lead to a change are copied, each of them once. */
export function withChanges(manifest: unknown, changes: readonly Change[]): unknown {
  if (changes.length === 0) return manifest;
  const draft = new Draft(manifest);
  for (const change of changes) draft.apply(change);
  return draft.value;
}

class Draft {
  readonly #own = new WeakSet<object>();
  #value: unknown;

  constructor(manifest: unknown) {
    this.#value = manifest;
  }

  get value(): unknown {
    return this.#value;
  }

  apply(change: Change): void {
    const { keys } = change;
    const found = valueAt(this.#value, keys);
    if (change.type === "set") this.#put(keys, change.value);
    else this.#remove(keys);
    if (change.type === "move") this.#put(change.to, found);
  }

  #put(keys: KeyPath, value: unknown): void {
    const key = keys.at(-1);
    if (key === undefined) this.#value = value;
    else put(this.#ownAt(keys.slice(0, -1)), key, value);
  }

  #remove(keys: KeyPath): void {
    const parent = this.#ownAt(keys.slice(0, -1));
    const key = keys.at(-1);
    if (isObject(parent) && typeof key === "string") Reflect.deleteProperty(parent, key);
  }

  /** The copy of the object or list at these keys. */
  #ownAt(keys: KeyPath): unknown {
    let at = (this.#value = this.#owned(this.#value));
    for (const key of keys) {
      const own = this.#owned(valueAt(at, [key]) ?? {});
      put(at, key, own);
      at = own;
    }
    return at;
  }

  #owned(value: unknown): unknown {
    if (!(Array.isArray(value) || isObject(value)) || this.#own.has(value)) return value;
    const copy: unknown[] | JsonObject = Array.isArray(value) ? Array.from<unknown>(value) : { ...value };
    this.#own.add(copy);
    return copy;
  }
}

function put(container: unknown, key: string | number, value: unknown): void {
  if (Array.isArray(container) && typeof key === "number") container[key] = value;
  else if (isObject(container) && typeof key === "string") setOwnProperty(container, key, value);
}
