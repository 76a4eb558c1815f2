import { DYN, mapType, type Type } from "../types/index.ts";
import { doubleToInt, doubleToUint, isUint, Uint } from "./numbers.ts";
import { MapValue, type Result, type Value } from "./value.ts";

const MAP = mapType(DYN, DYN);

interface Entry {
  readonly key: Value;
  readonly value: Value;
}

/** A map whose entries are there, in the order in which they came. */
export class EntryMap extends MapValue {
  readonly type: Type = MAP;
  /** By the key: JavaScript, too, tells an int, a double and a text apart. */
  private readonly entries = new Map<Value, Entry>();
  /** Those with a uint as the key, by what it is worth. */
  private readonly uints = new Map<bigint, Entry>();

  /** Of two entries with the same key the last one counts. */
  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.entries.size + this.uints.size;
  }

  get(key: Value): Value | undefined {
    return (this.exact(key) ?? this.equalNumber(key))?.value;
  }

  *keys(): Generator<Value> {
    for (const { key } of this.entries.values()) yield key;
    for (const { key } of this.uints.values()) yield key;
  }

  protected set(key: Value, value: Value): void {
    if (key instanceof Uint) this.uints.set(key.value, { key, value });
    else this.entries.set(key, { key, value });
  }

  private exact(key: Value): Entry | undefined {
    return key instanceof Uint ? this.uints.get(key.value) : this.entries.get(key);
  }

  /** Numbers of different types are the same key if they are equal. Source: `refValMapAccessor.Find` of cel-go. */
  private equalNumber(key: Value): Entry | undefined {
    if (typeof key === "bigint") return isUint(key) ? this.uints.get(key) : undefined;
    if (key instanceof Uint) return this.entries.get(key.value);
    if (typeof key !== "number" || !Number.isInteger(key)) return undefined;
    const [int, uint] = [doubleToInt(key), doubleToUint(key)];
    const found = int === undefined ? undefined : this.entries.get(int);
    return found ?? (uint === undefined ? undefined : this.uints.get(uint));
  }
}

/** A map that grows in place: the accumulator of a comprehension such as `transformMap`, which nothing else can see. */
export class GrowingMap extends EntryMap {
  insert(key: Value, value: Value): this {
    this.set(key, value);
    return this;
  }
}

/** A map with the keys of an object, whose values are found out when they are asked for: once, or never. */
export class LazyMap extends MapValue {
  readonly type: Type = MAP;
  private readonly fields: ReadonlyMap<string, () => Result>;
  private readonly known = new Map<string, Result>();

  constructor(fields: ReadonlyMap<string, () => Result>) {
    super();
    this.fields = fields;
  }

  get size(): number {
    return this.fields.size;
  }

  get(key: Value): Result | undefined {
    if (typeof key !== "string") return undefined;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const value = this.fields.get(key)?.();
    if (value !== undefined) this.known.set(key, value);
    return value;
  }

  keys(): Iterable<Value> {
    return this.fields.keys();
  }
}
