/** The values of CEL, and what holds for all of them. */
export { Bytes, compareBytes } from "./bytes.ts";
export { Duration, durationText, HOUR, MINUTE, parseDuration, SECOND } from "./duration.ts";
export { equals } from "./equality.ts";
export { fromJson, JsonList, JsonMap } from "./from-json.ts";
export { ArrayList, concatenate, GrowingList } from "./lists.ts";
export { EntryMap, GrowingMap, LazyMap } from "./maps.ts";
export {
  doubleText,
  doubleToInt,
  doubleToUint,
  isInt,
  isUint,
  MAX_INT,
  MAX_UINT,
  MIN_INT,
  plainDoubleText,
  Uint,
} from "./numbers.ts";
export { NONE, Optional } from "./optional.ts";
export { compare, compareNumbers, compareText, isNumeric } from "./order.ts";
export { valueText } from "./text.ts";
export { StructValue } from "./struct.ts";
export { isTimestampInRange, parseTimestamp, Timestamp, timestampText } from "./timestamp.ts";
export { toJson } from "./to-json.ts";
export { typeOf, TypeValue } from "./type-value.ts";
export { CelError, List, MapValue, ObjectValue, type Result, type Value } from "./value.ts";
