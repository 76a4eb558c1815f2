import { spend } from "../effort/index.ts";
import { JsonMap } from "./from-json.ts";
import { Optional } from "./optional.ts";
import { compareNumbers, isNumeric } from "./order.ts";
import { StructValue } from "./struct.ts";
import { CelError, List, MapValue, type Result, type Value } from "./value.ts";

/**
 * Whether two values are equal, of whatever types: numbers by what they are worth, NaN to nothing, lists and maps element by
 * element. Source: the methods `Equal` of cel-go's types.
 */
export function equals(one: Value, other: Value): boolean {
  spend();
  if (typeof one === "string" || typeof one === "boolean" || one === null) return one === other;
  if (isNumeric(one)) return isNumeric(other) && compareNumbers(one, other) === 0;
  if (one instanceof JsonMap && other instanceof JsonMap && one.json === other.json) return true;
  if (one instanceof List) return other instanceof List && equalLists(one, other);
  if (one instanceof MapValue) return other instanceof MapValue && equalMaps(one, other);
  if (one instanceof StructValue) return other instanceof StructValue && equalStructs(one, other);
  if (one instanceof Optional) return other instanceof Optional && equalOptionals(one, other);
  return one.equals(other);
}

function equalLists(one: List, other: List): boolean {
  const { size } = one;
  if (size !== other.size) return false;
  for (let index = 0; index < size; index++) if (!equals(one.at(index), other.at(index))) return false;
  return true;
}

function equalMaps(one: MapValue, other: MapValue): boolean {
  if (one.size !== other.size) return false;
  for (const key of one.keys()) {
    const [value, counterpart] = [one.get(key), other.get(key)];
    if (counterpart === undefined || value === undefined || !equalResults(value, counterpart)) return false;
  }
  return true;
}

function equalStructs(one: StructValue, other: StructValue): boolean {
  if (one.type.name !== other.type.name || one.fields.size !== other.fields.size) return false;
  for (const [name, value] of one.fields) {
    const counterpart = other.fields.get(name);
    if (counterpart === undefined || !equals(value, counterpart)) return false;
  }
  return true;
}

/** Only what is found to be unequal makes two maps unequal: an error does not. Source: `baseMap.Equal` of cel-go. */
function equalResults(one: Result, other: Result): boolean {
  return one instanceof CelError || other instanceof CelError || equals(one, other);
}

function equalOptionals({ value }: Optional, { value: other }: Optional): boolean {
  return value === undefined || other === undefined ? value === other : equals(value, other);
}
