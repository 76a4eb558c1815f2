import { type FunctionDeclaration, sizeOf, traversalCost } from "../functions/index.ts";
import { BOOL, BYTES, DOUBLE, DURATION, INT, STRING, TIMESTAMP, type Type, UINT } from "../types/index.ts";
import { CelError, compare, type Result, type Value } from "../values/index.ts";
import { NO_SUCH_OVERLOAD, noOverload, type Signature, total } from "./declare.ts";

const NOT_ORDERED = new CelError("NaN values cannot be ordered");

/** Compares two values in order. */
function ordered(name: string, holds: (order: number) => boolean) {
  return (left: Value, right: Value): Result => {
    const order = compare(left, right);
    if (order === undefined) return compare(left, left) === undefined ? noOverload(name, left) : NO_SUCH_OVERLOAD;
    return Number.isNaN(order) ? NOT_ORDERED : holds(order);
  };
}

/** The pairs of types that have an order, as the overloads' names have them, in cel-go's order. */
const PAIRS: readonly (readonly [suffix: string, left: Type, right: Type])[] = [
  ["bool", BOOL, BOOL],
  ["int64", INT, INT],
  ["int64_double", INT, DOUBLE],
  ["int64_uint64", INT, UINT],
  ["uint64", UINT, UINT],
  ["uint64_double", UINT, DOUBLE],
  ["uint64_int64", UINT, INT],
  ["double", DOUBLE, DOUBLE],
  ["double_int64", DOUBLE, INT],
  ["double_uint64", DOUBLE, UINT],
  ["string", STRING, STRING],
  ["bytes", BYTES, BYTES],
  ["timestamp", TIMESTAMP, TIMESTAMP],
  ["duration", DURATION, DURATION],
];

function comparison(name: string, prefix: string, holds: (order: number) => boolean): FunctionDeclaration {
  const signatures = PAIRS.map(([suffix, left, right]): Signature => [`${prefix}_${suffix}`, [left, right], BOOL]);
  const costs = { [`${prefix}_string`]: shorterCost, [`${prefix}_bytes`]: shorterCost };
  return total(name, signatures, ordered(name, holds), costs);
}

/** What it costs to compare two values: as much as to read the shorter one. */
export function shorterCost([left = null, right = null]: readonly Value[]): number {
  // A text of up to ten characters costs 1: most are, and need not be counted.
  if (isShortText(left) || isShortText(right))
    return left === "" || right === "" || isEmpty(left) || isEmpty(right) ? 0 : 1;
  return traversalCost(Math.min(sizeOf(left), sizeOf(right)));
}

function isShortText(value: Value): boolean {
  return typeof value === "string" && value.length <= 10;
}

function isEmpty(value: Value): boolean {
  return typeof value === "object" && sizeOf(value) === 0;
}

/** The operators that compare in order. Source: `standard.go` and the methods `Compare` of the types of cel-go. */
export const COMPARISONS: readonly FunctionDeclaration[] = [
  comparison("_<_", "less", (order) => order < 0),
  comparison("_<=_", "less_equals", (order) => order <= 0),
  comparison("_>_", "greater", (order) => order > 0),
  comparison("_>=_", "greater_equals", (order) => order >= 0),
];
