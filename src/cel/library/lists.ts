import { spend } from "../effort/index.ts";
import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import {
  checkedDuration,
  checkedInt,
  checkedUint,
  method,
  NO_SUCH_OVERLOAD,
  type Signature,
} from "../standard/index.ts";
import { BOOL, DOUBLE, DURATION, INT, listType, type Type, typeParameter, UINT } from "../types/index.ts";
import { CelError, compare, Duration, equals, List, type Result, Uint, type Value } from "../values/index.ts";
import { COMPARABLE, declared, scanCost } from "./declare.ts";

const A = typeParameter("A");

/** Whether no element comes before the one ahead of it. */
function isSorted(list: Value): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  for (let index = 0; index < list.size; index++) {
    const element = list.at(index);
    if (compare(element, element) === undefined) return NO_SUCH_OVERLOAD;
    if (index > 0 && (compare(list.at(index - 1), element) ?? 0) > 0) return false;
  }
  return true;
}

/** The element that comes first or last; of equal ones the first. */
function extreme(name: "min" | "max", list: Value): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  const direction = name === "min" ? 1 : -1;
  let best: Value | undefined;
  for (let index = 0; index < list.size; index++) {
    const element = list.at(index);
    if (compare(element, element) === undefined) return NO_SUCH_OVERLOAD;
    if (best === undefined || (compare(best, element) ?? 0) * direction > 0) best = element;
  }
  return best === undefined ? new CelError(`${name} called on empty list`) : best;
}

function plus(sum: Value, element: Value): Result {
  spend();
  if (typeof sum === "bigint") return typeof element === "bigint" ? checkedInt(sum + element) : NO_SUCH_OVERLOAD;
  if (typeof sum === "number") return typeof element === "number" ? sum + element : NO_SUCH_OVERLOAD;
  if (sum instanceof Uint) return element instanceof Uint ? checkedUint(sum.value + element.value) : NO_SUCH_OVERLOAD;
  if (sum instanceof Duration && element instanceof Duration)
    return checkedDuration(sum.nanoseconds + element.nanoseconds);
  return NO_SUCH_OVERLOAD;
}

function sumFrom(zero: Value): (list: Value) => Result {
  return (list) => {
    if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
    let sum: Result = zero;
    for (let index = 0; index < list.size && !(sum instanceof CelError); index++) sum = plus(sum, list.at(index));
    return sum;
  };
}

const SUMMABLE: readonly (readonly [name: string, type: Type, zero: Value])[] = [
  ["int", INT, 0n],
  ["uint", UINT, new Uint(0n)],
  ["double", DOUBLE, 0],
  ["duration", DURATION, new Duration(0n)],
];

function indexOf(list: Value, element: Value): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  for (let index = 0; index < list.size; index++) if (equals(list.at(index), element)) return BigInt(index);
  return -1n;
}

function lastIndexOf(list: Value, element: Value): Result {
  if (!(list instanceof List)) return NO_SUCH_OVERLOAD;
  for (let index = list.size - 1; index >= 0; index--) if (equals(list.at(index), element)) return BigInt(index);
  return -1n;
}

function forComparable(signature: (name: string, type: Type) => Signature, call: (list: Value) => Result): Overload[] {
  return COMPARABLE.map(([name, type]) => method(signature(name, type), call));
}

/** Kubernetes' own functions of lists. Source: the API server's `library/lists.go`. */
export const LISTS: readonly FunctionDeclaration[] = [
  declared(
    "isSorted",
    forComparable((name, type) => [`list_${name}_is_sorted_bool`, [listType(type)], BOOL], isSorted),
    scanCost,
  ),
  declared(
    "sum",
    SUMMABLE.map(([name, type, zero]) => method([`list_${name}_sum_${name}`, [listType(type)], type], sumFrom(zero))),
    scanCost,
  ),
  declared(
    "max",
    forComparable(
      (name, type) => [`list_${name}_max_${name}`, [listType(type)], type],
      (list) => extreme("max", list),
    ),
    scanCost,
  ),
  declared(
    "min",
    forComparable(
      (name, type) => [`list_${name}_min_${name}`, [listType(type)], type],
      (list) => extreme("min", list),
    ),
    scanCost,
  ),
  declared("indexOf", [method(["list_a_index_of_int", [listType(A), A], INT], indexOf)], scanCost),
  declared("lastIndexOf", [method(["list_a_last_index_of_int", [listType(A), A], INT], lastIndexOf)], scanCost),
];
