import {
  Bytes,
  Duration,
  JsonList,
  JsonMap,
  List,
  MapValue,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from "../values/index.ts";

/** The types of Go that hold the values, with which some messages name them (`%T`). */
const CLASSES: readonly (readonly [type: abstract new (...args: never[]) => object, name: string])[] = [
  [Uint, "types.Uint"],
  [Bytes, "types.Bytes"],
  [Duration, "types.Duration"],
  [Timestamp, "types.Timestamp"],
  [TypeValue, "*types.Type"],
  [Optional, "*types.Optional"],
  [List, "*types.baseList"],
  [MapValue, "*types.baseMap"],
];

/** The type of Go that holds a value in cel-go. */
export function goTypeName(value: Value): string {
  if (value === null) return "types.Null";
  switch (typeof value) {
    case "string":
      return "types.String";
    case "bigint":
      return "types.Int";
    case "number":
      return "types.Double";
    case "boolean":
      return "types.Bool";
    default:
      return CLASSES.find(([type]) => value instanceof type)?.[1] ?? value.type.name;
  }
}

/** The type of Go that holds a value that was selected: JSON stays JSON there. */
export function nativeTypeName(value: Value): string {
  if (value === null) return "<nil>";
  if (value instanceof JsonMap) return "map[string]interface {}";
  return value instanceof JsonList ? "[]interface {}" : goTypeName(value);
}
