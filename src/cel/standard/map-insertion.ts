import { spend } from "../effort/index.ts";
import type { FunctionDeclaration } from "../functions/index.ts";
import { mapType, typeParameter } from "../types/index.ts";
import { CelError, GrowingMap, MapValue, type Result, type Value, valueText } from "../values/index.ts";
import { NO_SUCH_OVERLOAD, overload } from "./declare.ts";

const K = typeParameter("K");
const V = typeParameter("V");
const MAP = mapType(K, V);

function insert(map: Value, key: Value, value: Value): Result {
  if (!(map instanceof MapValue)) return NO_SUCH_OVERLOAD;
  if (map.get(key) !== undefined) return new CelError(`insert failed: key ${valueText(key)} already exists`);
  return growing(map).insert(key, value);
}

/** The accumulator of a macro grows in place; another map is copied. */
function growing(map: MapValue): GrowingMap {
  return map instanceof GrowingMap ? map : new GrowingMap(entriesOf(map));
}

/** Entries of maps take room, too. */
const STEPS_PER_ENTRY = 5;

function* entriesOf(map: MapValue): Generator<readonly [Value, Value]> {
  for (const key of map.keys()) {
    spend(STEPS_PER_ENTRY);
    const value = map.get(key);
    if (value !== undefined && !(value instanceof CelError)) yield [key, value];
  }
}

function insertAll(map: Value, update: Value): Result {
  if (!(update instanceof MapValue)) return NO_SUCH_OVERLOAD;
  let result: Result = map;
  for (const [key, value] of entriesOf(update)) {
    result = insert(result, key, value);
    if (result instanceof CelError) return result;
  }
  return result;
}

/** What `transformMap` and `transformMapEntry` become. Source: `comprehensions.go` in `ext` of cel-go. */
export const MAP_INSERTION: FunctionDeclaration = {
  name: "cel.@mapInsert",
  overloads: [
    overload(["@mapInsert_map_key_value", [MAP, K, V], MAP], insert),
    overload(["@mapInsert_map_map", [MAP, MAP], MAP], insertAll),
  ],
};
