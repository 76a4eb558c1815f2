import {
  CelError,
  doubleToInt,
  doubleText,
  isInt,
  List,
  MapValue,
  type Result,
  StructValue,
  typeOf,
  Uint,
  type Value,
  valueText,
} from "../values/index.ts";

/**
 * What a key selects from a value: undefined if there is nothing, or if nothing can be selected from it at all. Source:
 * `refQualify` in `attributes.go` of cel-go.
 */
export function select(value: Value, key: Value): Result | undefined {
  if (value instanceof MapValue) return value.get(key);
  if (value instanceof List) return element(value, key);
  return value instanceof StructValue && typeof key === "string" ? value.fields.get(key) : undefined;
}

/** What is said if a key selects nothing; the field of an object that is not set is null. */
export function missing(value: Value, key: Value): Result {
  if (value instanceof StructValue) return null;
  return new CelError(`${value instanceof List ? "index out of bounds" : "no such key"}: ${valueText(key)}`);
}

function element(list: List, key: Value): Result | undefined {
  const index = indexOf(key);
  if (index instanceof CelError) return index;
  return index >= 0 && index < list.size ? list.at(index) : undefined;
}

/** The index that a number of any type is. Source: `IndexOrError` of cel-go. */
function indexOf(key: Value): number | CelError {
  if (typeof key === "bigint") return Number(key);
  if (typeof key === "number")
    return Number.isInteger(key) && doubleToInt(key) !== undefined ? key : unsupportedIndex(doubleText(key));
  if (!(key instanceof Uint)) return new CelError(`unsupported index type '${typeOf(key).name}' in list`);
  return isInt(key.value) ? Number(key.value) : unsupportedIndex(key.value.toString());
}

function unsupportedIndex(text: string): CelError {
  return new CelError(`unsupported index value ${text} in list`);
}
