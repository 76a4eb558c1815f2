import { spend } from "../effort/index.ts";
import { type JsonObject, NumberText, setOwnProperty } from "../../field/index.ts";
import { Bytes } from "./bytes.ts";
import { Duration, durationText } from "./duration.ts";
import { doubleText, Uint } from "./numbers.ts";
import { JsonList, JsonMap } from "./from-json.ts";
import { Optional } from "./optional.ts";
import { StructValue } from "./struct.ts";
import { Timestamp, timestampText } from "./timestamp.ts";
import { CelError, List, MapValue, type Result, type Value } from "./value.ts";

/** Why a value has no form in JSON. */
class NoJson extends Error {}

/**
 * A value as JSON: ints beyond the safe integers, and doubles that are whole numbers, keep their text. An error says which value
 * has no form in JSON.
 */
export function toJson(value: Value): { readonly json: unknown } | CelError {
  try {
    return { json: jsonOf(value) };
  } catch (error) {
    if (error instanceof NoJson) return new CelError(error.message);
    throw error;
  }
}

/** JSON takes room, too. */
const STEPS_PER_VALUE = 10;

function jsonOf(value: Value): unknown {
  spend(STEPS_PER_VALUE);
  if (typeof value === "bigint") return jsonOfInt(value);
  if (typeof value === "number") return jsonOfDouble(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof JsonList || value instanceof JsonMap) return value.json;
  if (value instanceof List) return Array.from({ length: value.size }, (_, index) => jsonOf(value.at(index)));
  if (value instanceof MapValue) return jsonOfMap(value);
  if (value instanceof StructValue) return jsonOfEntries(value.fields);
  if (value instanceof Uint) return jsonOfInt(value.value);
  if (value instanceof Optional && value.value !== undefined) return jsonOf(value.value);
  if (value instanceof Bytes) return btoa(Array.from(value.bytes, (byte) => String.fromCharCode(byte)).join(""));
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  throw new NoJson(`type ${value.type.name} has no form in JSON`);
}

function jsonOfInt(value: bigint): unknown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new NumberText(value.toString());
}

function jsonOfDouble(value: number): unknown {
  if (!Number.isFinite(value)) throw new NoJson(`${doubleText(value)} has no form in JSON`);
  return Number.isSafeInteger(value) ? new NumberText(`${value}.0`) : value;
}

function jsonOfMap(map: MapValue): JsonObject {
  return jsonOfEntries(Array.from(map.keys(), (key) => [key, map.get(key) ?? null]));
}

function jsonOfEntries(entries: Iterable<readonly [Value, Result]>): JsonObject {
  const json: JsonObject = {};
  for (const [key, value] of entries) {
    if (typeof key !== "string") throw new NoJson("the keys of an object must be strings");
    if (value instanceof CelError) throw new NoJson(value.message);
    setOwnProperty(json, key, jsonOf(value));
  }
  return json;
}
