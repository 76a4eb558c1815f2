import {
  ArrayList,
  Bytes,
  EntryMap,
  equals,
  parseDuration,
  parseTimestamp,
  typeOf,
  TypeValue,
  Uint,
  type Value,
} from "#src/cel/values/index.ts";
import { objectType } from "#src/cel/types/index.ts";
import { isObject } from "#src/field/index.ts";

type Reader = (json: unknown) => Value;

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The items of a list in an object, such as the entries of a map. */
function itemsOf(json: unknown, name: string): readonly unknown[] {
  const items = isObject(json) ? json[name] : undefined;
  return Array.isArray(items) ? items : [];
}

function entryOf(json: unknown): readonly [Value, Value] {
  return isObject(json) ? [readValue(json["key"]), readValue(json["value"])] : [null, null];
}

const READERS: Readonly<Record<string, Reader>> = {
  nullValue: () => null,
  boolValue: Boolean,
  int64Value: (json) => BigInt(String(json)),
  uint64Value: (json) => new Uint(BigInt(String(json))),
  doubleValue: Number,
  stringValue: String,
  bytesValue: (json) => new Bytes(bytesOf(String(json))),
  typeValue: (json) => new TypeValue(objectType(String(json))),
  listValue: (json) => new ArrayList(itemsOf(json, "values").map(readValue)),
  mapValue: (json) => new EntryMap(itemsOf(json, "entries").map(entryOf)),
  objectValue: readObject,
};

/** The messages of protocol buffers that are values here, too. */
const OBJECTS: Readonly<Record<string, (text: string) => Value | undefined>> = {
  "type.googleapis.com/google.protobuf.Duration": parseDuration,
  "type.googleapis.com/google.protobuf.Timestamp": parseTimestamp,
};

function readObject(json: unknown): Value {
  const { "@type": type, value } = isObject(json) ? json : {};
  const read = OBJECTS[String(type)]?.(String(value));
  if (read === undefined) throw new Error(`no value here: ${String(type)}`);
  return read;
}

/** A value as the specification's tests write it: a `cel.expr.Value` in JSON. */
export function readValue(json: unknown): Value {
  const [kind = "nullValue", content] = isObject(json) ? (Object.entries(json)[0] ?? []) : [];
  const reader = READERS[kind];
  if (reader === undefined) throw new Error(`no value here: ${kind}`);
  return reader(content);
}

/** Whether two values are the same: of the same type, too, and NaN is the same as NaN. */
export function isSame(one: Value, other: Value): boolean {
  if (Number.isNaN(one) && Number.isNaN(other)) return true;
  return typeOf(one).name === typeOf(other).name && equals(one, other);
}
