import { type FunctionDeclaration, type Overload, sizeOf, traversalCost } from "../functions/index.ts";
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  STRING,
  TIMESTAMP,
  type Type,
  typeParameter,
  typeType,
  UINT,
} from "../types/index.ts";
import {
  Bytes,
  CelError,
  doubleText,
  doubleToInt,
  doubleToUint,
  Duration,
  durationText,
  isInt,
  isTimestampInRange,
  isUint,
  parseDuration,
  parseTimestamp,
  type Result,
  Timestamp,
  timestampText,
  typeOf,
  TypeValue,
  Uint,
  type Value,
} from "../values/index.ts";
import { type Call, NO_SUCH_OVERLOAD, overload, total } from "./declare.ts";
import { INTEGER_OVERFLOW, UNSIGNED_OVERFLOW } from "./int-arithmetic.ts";
import { parseBool, parseDouble, parseInteger } from "./numerals.ts";
import { TIMESTAMP_OVERFLOW } from "./time-arithmetic.ts";

function cannotConvert(from: Type, to: Type): CelError {
  return new CelError(`type conversion error from '${from.name}' to '${to.name}'`);
}

/** Reads a text as a value of a type. */
function reading(to: Type, read: (text: string) => Result | undefined): Call {
  const failure = cannotConvert(STRING, to);
  return (value) => (typeof value === "string" ? (read(value) ?? failure) : NO_SUCH_OVERLOAD);
}

function toInt(value: Value): Result {
  if (typeof value === "number") return doubleToInt(value) ?? INTEGER_OVERFLOW;
  if (value instanceof Uint) return isInt(value.value) ? value.value : INTEGER_OVERFLOW;
  if (value instanceof Duration) return value.nanoseconds;
  return value instanceof Timestamp ? BigInt(value.seconds) : NO_SUCH_OVERLOAD;
}

function toUint(value: Value): Result {
  const whole = typeof value === "number" ? doubleToUint(value) : value;
  return typeof whole === "bigint" && isUint(whole) ? new Uint(whole) : UNSIGNED_OVERFLOW;
}

function toDouble(value: Value): Result {
  return Number(value instanceof Uint ? value.value : value);
}

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const INVALID_UTF8 = new CelError("invalid UTF-8 in bytes, cannot convert to string");

function toText(value: Value): Result {
  if (typeof value === "number") return doubleText(value);
  if (value instanceof Uint) return value.value.toString();
  if (value instanceof Duration) return durationText(value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Bytes) return bytesToText(value);
  return typeof value === "object" ? NO_SUCH_OVERLOAD : String(value);
}

function bytesToText({ bytes }: Bytes): Result {
  try {
    return DECODER.decode(bytes);
  } catch {
    return INVALID_UTF8;
  }
}

const ENCODER = new TextEncoder();

function checkedTimestamp(timestamp: Timestamp | undefined): Result | undefined {
  return timestamp === undefined || isTimestampInRange(timestamp.seconds) ? timestamp : TIMESTAMP_OVERFLOW;
}

function secondsToTimestamp(value: Value): Result {
  const seconds = Number(value);
  return isTimestampInRange(seconds) ? new Timestamp(seconds) : TIMESTAMP_OVERFLOW;
}

const same = (value: Value): Result => value;

type Conversion = readonly [id: string, from: Type, call: Call];

/** A conversion to a type; all from one type have one overload. */
function conversion(name: string, to: Type, conversions: readonly Conversion[]): FunctionDeclaration {
  return {
    name,
    overloads: conversions.map(([id, from, call]) => ({ ...overload([id, [from], to], call), ...COSTS[id] })),
  };
}

const traversal = { cost: ([value = null]: readonly Value[]): number => traversalCost(sizeOf(value)) };
const COSTS: Readonly<Record<string, Pick<Overload, "cost">>> = {
  string_to_bytes: traversal,
  bytes_to_string: traversal,
};

const A = typeParameter("A");

/** The conversions between types. Source: `standard.go` and the methods `ConvertToType` of the types of cel-go. */
export const CONVERSIONS: readonly FunctionDeclaration[] = [
  total("type", [["type", [A], typeType(A)]], (value) => new TypeValue(typeOf(value))),
  conversion("bool", BOOL, [
    ["bool_to_bool", BOOL, same],
    ["string_to_bool", STRING, reading(BOOL, parseBool)],
  ]),
  conversion("bytes", BYTES, [
    ["bytes_to_bytes", BYTES, same],
    ["string_to_bytes", STRING, reading(BYTES, (text) => new Bytes(ENCODER.encode(text)))],
  ]),
  conversion("double", DOUBLE, [
    ["double_to_double", DOUBLE, same],
    ["int64_to_double", INT, toDouble],
    ["string_to_double", STRING, reading(DOUBLE, parseDouble)],
    ["uint64_to_double", UINT, toDouble],
  ]),
  conversion("duration", DURATION, [
    ["duration_to_duration", DURATION, same],
    ["int64_to_duration", INT, () => cannotConvert(INT, DURATION)],
    ["string_to_duration", STRING, reading(DURATION, parseDuration)],
  ]),
  total("dyn", [["to_dyn", [A], DYN]], same),
  conversion("int", INT, [
    ["int64_to_int64", INT, same],
    ["double_to_int64", DOUBLE, toInt],
    ["duration_to_int64", DURATION, toInt],
    ["string_to_int64", STRING, reading(INT, parseInt64)],
    ["timestamp_to_int64", TIMESTAMP, toInt],
    ["uint64_to_int64", UINT, toInt],
  ]),
  conversion("string", STRING, [
    ["string_to_string", STRING, same],
    ["bool_to_string", BOOL, toText],
    ["bytes_to_string", BYTES, toText],
    ["double_to_string", DOUBLE, toText],
    ["duration_to_string", DURATION, toText],
    ["int64_to_string", INT, toText],
    ["timestamp_to_string", TIMESTAMP, toText],
    ["uint64_to_string", UINT, toText],
  ]),
  conversion("timestamp", TIMESTAMP, [
    ["timestamp_to_timestamp", TIMESTAMP, same],
    ["int64_to_timestamp", INT, secondsToTimestamp],
    ["string_to_timestamp", STRING, reading(TIMESTAMP, (text) => checkedTimestamp(parseTimestamp(text)))],
  ]),
  conversion("uint", UINT, [
    ["uint64_to_uint64", UINT, same],
    ["double_to_uint64", DOUBLE, toUint],
    ["int64_to_uint64", INT, toUint],
    ["string_to_uint64", STRING, reading(UINT, parseUint64)],
  ]),
];

function parseInt64(text: string): Result | undefined {
  const value = parseInteger(text);
  return value !== undefined && isInt(value) ? value : undefined;
}

function parseUint64(text: string): Result | undefined {
  const value = /^[+-]/.test(text) ? undefined : parseInteger(text);
  return value !== undefined && isUint(value) ? new Uint(value) : undefined;
}
