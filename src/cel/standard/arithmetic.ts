import { type FunctionDeclaration, sizeOf, traversalCost } from "../functions/index.ts";
import { BYTES, DOUBLE, DURATION, INT, listType, STRING, TIMESTAMP, typeParameter, UINT } from "../types/index.ts";
import {
  Bytes,
  CelError,
  concatenate,
  Duration,
  GrowingList,
  List,
  type Result,
  Timestamp,
  Uint,
  type Value,
} from "../values/index.ts";
import { NO_SUCH_OVERLOAD, noOverload, total } from "./declare.ts";
import {
  checkedInt,
  checkedUint,
  type Division,
  divideInts,
  divideUints,
  INTEGER_OVERFLOW,
  QUOTIENT,
  REMAINDER,
} from "./int-arithmetic.ts";
import { between, checkedDuration, earlier, later } from "./time-arithmetic.ts";

const LIST_OF_A = listType(typeParameter("A"));

function add(left: Value, right: Value): Result {
  if (typeof left === "bigint") return typeof right === "bigint" ? checkedInt(left + right) : NO_SUCH_OVERLOAD;
  if (typeof left === "string") return typeof right === "string" ? addTexts(left, right) : NO_SUCH_OVERLOAD;
  if (typeof left === "number") return typeof right === "number" ? left + right : NO_SUCH_OVERLOAD;
  if (left instanceof List) return right instanceof List ? addLists(left, right) : NO_SUCH_OVERLOAD;
  if (left instanceof Uint) return right instanceof Uint ? checkedUint(left.value + right.value) : NO_SUCH_OVERLOAD;
  if (left instanceof Timestamp) return right instanceof Duration ? later(left, right.nanoseconds) : NO_SUCH_OVERLOAD;
  if (left instanceof Duration) return addToDuration(left, right);
  if (left instanceof Bytes) return right instanceof Bytes ? addBytes(left, right) : NO_SUCH_OVERLOAD;
  return noOverload("_+_", left);
}

/**
 * How long texts and lists may become. Where the types leave open what is added, an addition costs 1 whatever its size, in the API
 * server, too: what is added to itself again and again would outgrow the memory, or take long to read.
 */
const MAX_TEXT_LENGTH = 4 * 2 ** 20;
const MAX_LIST_SIZE = 1_000_000;
const TEXT_TOO_LONG = new CelError("text is too long");
const LIST_TOO_LONG = new CelError("list is too long");

function addTexts(left: string, right: string): Result {
  return left.length + right.length > MAX_TEXT_LENGTH ? TEXT_TOO_LONG : left + right;
}

function addLists(left: List, right: List): Result {
  if (left.size + right.size > MAX_LIST_SIZE) return LIST_TOO_LONG;
  return left instanceof GrowingList ? left.append(right) : concatenate(left, right);
}

function addToDuration(left: Duration, right: Value): Result {
  if (right instanceof Duration) return checkedDuration(left.nanoseconds + right.nanoseconds);
  return right instanceof Timestamp ? later(right, left.nanoseconds) : NO_SUCH_OVERLOAD;
}

function addBytes(left: Bytes, right: Bytes): Result {
  if (left.bytes.length + right.bytes.length > MAX_TEXT_LENGTH) return TEXT_TOO_LONG;
  const bytes = new Uint8Array(left.bytes.length + right.bytes.length);
  bytes.set(left.bytes);
  bytes.set(right.bytes, left.bytes.length);
  return new Bytes(bytes);
}

function subtract(left: Value, right: Value): Result {
  if (typeof left === "bigint") return typeof right === "bigint" ? checkedInt(left - right) : NO_SUCH_OVERLOAD;
  if (typeof left === "number") return typeof right === "number" ? left - right : NO_SUCH_OVERLOAD;
  if (left instanceof Uint) return right instanceof Uint ? checkedUint(left.value - right.value) : NO_SUCH_OVERLOAD;
  if (left instanceof Duration)
    return right instanceof Duration ? checkedDuration(left.nanoseconds - right.nanoseconds) : NO_SUCH_OVERLOAD;
  if (left instanceof Timestamp) return subtractFromTimestamp(left, right);
  return noOverload("_-_", left);
}

function subtractFromTimestamp(left: Timestamp, right: Value): Result {
  if (right instanceof Duration) return earlier(left, right.nanoseconds);
  return right instanceof Timestamp ? between(left, right) : NO_SUCH_OVERLOAD;
}

function multiply(left: Value, right: Value): Result {
  if (typeof left === "bigint") return typeof right === "bigint" ? checkedInt(left * right) : NO_SUCH_OVERLOAD;
  if (typeof left === "number") return typeof right === "number" ? left * right : NO_SUCH_OVERLOAD;
  if (left instanceof Uint) return right instanceof Uint ? checkedUint(left.value * right.value) : NO_SUCH_OVERLOAD;
  return noOverload("_*_", left);
}

function divide(left: Value, right: Value): Result {
  if (typeof left === "number") return typeof right === "number" ? left / right : NO_SUCH_OVERLOAD;
  return divideWhole("_/_", QUOTIENT, left, right);
}

function divideWhole(name: string, division: Division, left: Value, right: Value): Result {
  if (typeof left === "bigint") return typeof right === "bigint" ? divideInts(division, left, right) : NO_SUCH_OVERLOAD;
  if (left instanceof Uint)
    return right instanceof Uint ? divideUints(division, left.value, right.value) : NO_SUCH_OVERLOAD;
  return noOverload(name, left);
}

function negate(value: Value): Result {
  if (typeof value === "bigint") return checkedInt(-value);
  if (typeof value === "number") return -value;
  if (value instanceof Duration) return value.nanoseconds === -value.nanoseconds ? value : negateDuration(value);
  return typeof value === "boolean" ? NO_SUCH_OVERLOAD : noOverload("-_", value);
}

function negateDuration({ nanoseconds }: Duration): Result {
  const negated = checkedDuration(-nanoseconds);
  return negated instanceof Duration ? negated : INTEGER_OVERFLOW;
}

/** The arithmetic operators. Source: `standard.go` and the methods of the types of cel-go. */
export const ARITHMETIC: readonly FunctionDeclaration[] = [
  total(
    "_+_",
    [
      ["add_bytes", [BYTES, BYTES], BYTES],
      ["add_double", [DOUBLE, DOUBLE], DOUBLE],
      ["add_duration_duration", [DURATION, DURATION], DURATION],
      ["add_duration_timestamp", [DURATION, TIMESTAMP], TIMESTAMP],
      ["add_timestamp_duration", [TIMESTAMP, DURATION], TIMESTAMP],
      ["add_int64", [INT, INT], INT],
      ["add_list", [LIST_OF_A, LIST_OF_A], LIST_OF_A],
      ["add_string", [STRING, STRING], STRING],
      ["add_uint64", [UINT, UINT], UINT],
    ],
    add,
    { add_string: concatenationCost, add_bytes: concatenationCost },
  ),
  total(
    "_/_",
    [
      ["divide_double", [DOUBLE, DOUBLE], DOUBLE],
      ["divide_int64", [INT, INT], INT],
      ["divide_uint64", [UINT, UINT], UINT],
    ],
    divide,
  ),
  total(
    "_%_",
    [
      ["modulo_int64", [INT, INT], INT],
      ["modulo_uint64", [UINT, UINT], UINT],
    ],
    (left, right) => divideWhole("_%_", REMAINDER, left, right),
  ),
  total(
    "_*_",
    [
      ["multiply_double", [DOUBLE, DOUBLE], DOUBLE],
      ["multiply_int64", [INT, INT], INT],
      ["multiply_uint64", [UINT, UINT], UINT],
    ],
    multiply,
  ),
  total(
    "-_",
    [
      ["negate_double", [DOUBLE], DOUBLE],
      ["negate_int64", [INT], INT],
    ],
    negate,
  ),
  total(
    "_-_",
    [
      ["subtract_double", [DOUBLE, DOUBLE], DOUBLE],
      ["subtract_duration_duration", [DURATION, DURATION], DURATION],
      ["subtract_int64", [INT, INT], INT],
      ["subtract_timestamp_duration", [TIMESTAMP, DURATION], TIMESTAMP],
      ["subtract_timestamp_timestamp", [TIMESTAMP, TIMESTAMP], DURATION],
      ["subtract_uint64", [UINT, UINT], UINT],
    ],
    subtract,
  ),
];

function concatenationCost([left = null, right = null]: readonly Value[]): number {
  return traversalCost(sizeOf(left) + sizeOf(right));
}
