import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import {
  parseQuantity,
  parseSemver,
  Quantity,
  QUANTITY_TYPE,
  quantityOf,
  Semver,
  SEMVER_TYPE,
} from "../kubernetes/index.ts";
import { method, NO_SUCH_OVERLOAD, overload } from "../standard/index.ts";
import { BOOL, DOUBLE, INT, STRING, type Type } from "../types/index.ts";
import { CelError, type Result, type Value } from "../values/index.ts";
import { declared, readingCost } from "./declare.ts";

const NO_INTEGER = new CelError("cannot convert value to integer");

function ofQuantity(id: string, result: Type, call: (quantity: Quantity) => Result): Overload {
  return method([id, [QUANTITY_TYPE], result], (value) => (value instanceof Quantity ? call(value) : NO_SUCH_OVERLOAD));
}

/** The comparisons of quantities or versions. */
function comparisons(prefix: string, type: Type, order: (one: Value, other: Value) => number | undefined) {
  const comparison = (name: string, id: string, result: Type, answer: (order: number) => Result): FunctionDeclaration =>
    declared(name, [
      method([`${prefix}_${id}`, [type, type], result], (one, other) => {
        const compared = order(one, other);
        return compared === undefined ? NO_SUCH_OVERLOAD : answer(compared);
      }),
    ]);
  return [
    comparison("isGreaterThan", "is_greater_than", BOOL, (compared) => compared > 0),
    comparison("isLessThan", "is_less_than", BOOL, (compared) => compared < 0),
    comparison("compareTo", "compare_to", INT, (compared) => BigInt(compared)),
  ];
}

/** `add` or `sub`, of a quantity and another one or an int. */
function computing(name: "add" | "sub"): FunctionDeclaration {
  const call = (one: Value, other: Value): Result => {
    const operand = typeof other === "bigint" ? quantityOf(other) : other;
    return one instanceof Quantity && operand instanceof Quantity ? one[name](operand) : NO_SUCH_OVERLOAD;
  };
  return declared(name, [
    method([`quantity_${name}`, [QUANTITY_TYPE, QUANTITY_TYPE], QUANTITY_TYPE], call),
    method([`quantity_${name}_int`, [QUANTITY_TYPE, INT], QUANTITY_TYPE], call),
  ]);
}

function ofText(id: string, result: Type, call: (text: string) => Result): Overload {
  return overload([id, [STRING], result], (text) => (typeof text === "string" ? call(text) : NO_SUCH_OVERLOAD));
}

/** The functions of quantities. Source: the API server's `library/quantity.go`. */
export const QUANTITIES: readonly FunctionDeclaration[] = [
  declared("quantity", [ofText("string_to_quantity", QUANTITY_TYPE, parseQuantity)], readingCost()),
  declared(
    "isQuantity",
    [ofText("is_quantity_string", BOOL, (text) => parseQuantity(text) instanceof Quantity)],
    readingCost(),
  ),
  // The only one that is no method.
  declared("sign", [{ ...ofQuantity("quantity_sign", INT, ({ sign }) => BigInt(sign)), isMember: false }]),
  ...comparisons("quantity", QUANTITY_TYPE, (one, other) =>
    one instanceof Quantity && other instanceof Quantity ? one.compareTo(other) : undefined,
  ),
  declared("asApproximateFloat", [ofQuantity("quantity_get_float", DOUBLE, ({ approximate }) => approximate)]),
  declared("asInteger", [ofQuantity("quantity_get_int", INT, ({ int }) => int ?? NO_INTEGER)]),
  declared("isInteger", [ofQuantity("quantity_is_integer", BOOL, ({ int }) => int !== undefined)]),
  computing("add"),
  computing("sub"),
];

function version(text: Value, isNormalized: Value = false): Semver | CelError {
  if (typeof text !== "string" || typeof isNormalized !== "boolean") return NO_SUCH_OVERLOAD;
  return parseSemver(text, isNormalized);
}

function isVersion(text: Value, isNormalized?: Value): Result {
  return version(text, isNormalized) instanceof Semver;
}

function number(name: string, index: 0 | 1 | 2): FunctionDeclaration {
  return declared(name, [
    // A number beyond the ints wraps around, as in Go.
    method([`semver_${name}`, [SEMVER_TYPE], INT], (value) =>
      value instanceof Semver ? BigInt.asIntN(64, value.numbers[index]) : NO_SUCH_OVERLOAD,
    ),
  ]);
}

/** The functions of semantic versions. Source: version 1 of the API server's `library/semverlib.go`. */
export const SEMVERS: readonly FunctionDeclaration[] = [
  declared(
    "semver",
    [
      overload(["string_to_semver", [STRING], SEMVER_TYPE], version),
      overload(["string_bool_to_semver", [STRING, BOOL], SEMVER_TYPE], version),
    ],
    readingCost(),
  ),
  declared(
    "isSemver",
    [
      overload(["is_semver_string", [STRING], BOOL], isVersion),
      overload(["is_semver_string_bool", [STRING, BOOL], BOOL], isVersion),
    ],
    readingCost(),
  ),
  ...comparisons("semver", SEMVER_TYPE, (one, other) =>
    one instanceof Semver && other instanceof Semver ? one.compareTo(other) : undefined,
  ),
  number("major", 0),
  number("minor", 1),
  number("patch", 2),
];
