import { spend } from "../effort/index.ts";
import type { FunctionDeclaration, Overload } from "../functions/index.ts";
import { method, NO_SUCH_OVERLOAD, overload, type Signature } from "../standard/index.ts";
import { DYN, INT, listType, type Type, typeParameter } from "../types/index.ts";
import { ArrayList, Bytes, CelError, compare, List, type Result, typeOf, type Value } from "../values/index.ts";
import { COMPARABLE, type Cost, costSize, declared } from "./declare.ts";
import { distinct } from "./membership.ts";

const T = typeParameter("T");
const LIST = listType(T);
const DYNS = listType(DYN);

/** What a call costs that makes a list. Source: `trackAllocatingListCall` of `lists.go` in `ext` of cel-go. */
function makingCost(size: number, factor = 1): number {
  return Math.trunc(size * factor) + 1 + 10;
}

const resultCost: Cost = (_, result) => makingCost(result instanceof CelError ? 1 : costSize(result));

/** Known before the call, so that a list that would cost too much is never made. */
const rangeCost: Cost = ([count]) => makingCost(typeof count === "bigint" ? Math.max(Number(count), 0) : 1);

const flattenCost: Cost = ([list, depth]) => makingCost(costSize(list), typeof depth === "bigint" ? Number(depth) : 1);

/** What it costs to compare the elements of a list with each other. */
function compareCost(list: Value = null): number {
  const size = costSize(list);
  const first = list instanceof List && size > 0 ? list.at(0) : undefined;
  return makingCost(size * size, typeof first === "string" || first instanceof Bytes ? 2.1 : 2);
}

function elementsOf(list: List): Value[] {
  return listed(list.size, (index) => list.at(index));
}

function listed(count: number, at: (index: number) => Value): Value[] {
  const values: Value[] = [];
  for (let index = 0; index < count; index++) {
    spend();
    values.push(at(index));
  }
  return values;
}

/** How many elements a list may get. The API server counts the cost only when the list is there. */
const MAX_ELEMENTS = 2 ** 20;
const TOO_MANY = new CelError("the list becomes too long");

function slice(list: Value, start: Value, end: Value): Result {
  if (!(list instanceof List) || typeof start !== "bigint" || typeof end !== "bigint") return NO_SUCH_OVERLOAD;
  const fail = (reason: string): CelError => new CelError(`cannot slice(${start}, ${end}), ${reason}`);
  if (start < 0n || end < 0n) return fail("negative indexes not supported");
  if (start > end) return fail("start index must be less than or equal to end index");
  if (list.size < end) return fail(`list is length ${list.size}`);
  const first = Number(start);
  return new ArrayList(listed(Number(end) - first, (index) => list.at(first + index)));
}

function flatten(list: Value, depth: Value = 1n): Result {
  if (!(list instanceof List) || typeof depth !== "bigint") return NO_SUCH_OVERLOAD;
  if (depth < 0n) return new CelError("level must be non-negative");
  const elements: Value[] = [];
  return collect(list, depth, elements) ? new ArrayList(elements) : TOO_MANY;
}

/** False if there are too many. */
function collect(list: List, depth: bigint, elements: Value[]): boolean {
  for (let index = 0; index < list.size; index++) {
    spend();
    const element = list.at(index);
    if (element instanceof List && depth > 0n) {
      if (!collect(element, depth - 1n, elements)) return false;
    } else if (elements.push(element) > MAX_ELEMENTS) return false;
  }
  return true;
}

function range(count: Value): Result {
  if (typeof count !== "bigint") return NO_SUCH_OVERLOAD;
  if (count > MAX_ELEMENTS) return TOO_MANY;
  return new ArrayList(listed(Math.max(0, Number(count)), BigInt));
}

const DIFFERENT = new CelError("list elements must have the same type");
const INCOMPARABLE = new CelError("list elements must be comparable");

/** Sorts by the keys, which stand at the same places in a list of their own. Source: `sortListByAssociatedKeys` of cel-go. */
function sortBy(list: Value, keys: Value): Result {
  if (!(list instanceof List && keys instanceof List)) return NO_SUCH_OVERLOAD;
  if (list.size !== keys.size) {
    const sizes = `got ${list.size} and ${keys.size} elements respectively`;
    const rule = "expected a list of the same size as the associated keys list";
    return new CelError(`@sortByAssociatedKeys() ${rule}, but ${sizes}`);
  }
  if (list.size === 0) return list;
  const values = elementsOf(keys);
  const [first = null] = values;
  if (compare(first, first) === undefined) return INCOMPARABLE;
  const { name } = typeOf(first);
  // A list of one is never compared.
  if (values.some((value) => typeOf(value).name !== name)) return DIFFERENT;
  const order = values.map((_, index) => index);
  order.sort((one, other) => compare(values[one] ?? null, values[other] ?? null) ?? 0);
  return new ArrayList(order.map((index) => list.at(index)));
}

/** Overloads for lists of each type that has an order. */
function forComparable(
  signature: (type: Type) => Signature,
  call: (...args: readonly Value[]) => Result,
  cost: Cost,
): Overload[] {
  return COMPARABLE.map(([, type]) => ({
    ...method(signature(type), call),
    unguarded: true,
    cost,
  }));
}

/**
 * The functions of lists that are not Kubernetes' own. `sortBy` is a macro that becomes `@sortByAssociatedKeys`. Source: version 3
 * of `lists.go` in `ext` of cel-go.
 */
export const LIST_FUNCTIONS: readonly FunctionDeclaration[] = [
  declared("slice", [{ ...method(["list_slice", [LIST, INT, INT], LIST], slice), cost: resultCost }]),
  declared("flatten", [
    { ...method(["list_flatten", [listType(LIST)], LIST], flatten), unguarded: true, cost: flattenCost },
    { ...method(["list_flatten_int", [DYNS, INT], DYNS], flatten), unguarded: true, cost: flattenCost },
  ]),
  declared(
    "sort",
    forComparable(
      (type) => [`list_${type.name}_sort`, [listType(type)], listType(type)],
      (list = null) => sortBy(list, list),
      ([list]) => compareCost(list),
    ),
  ),
  declared(
    "@sortByAssociatedKeys",
    forComparable(
      (type) => [`list_${type.name}_sortByAssociatedKeys`, [LIST, listType(type)], LIST],
      (list = null, keys = null) => sortBy(list, keys),
      ([, keys]) => compareCost(keys),
    ),
  ),
  declared("lists.range", [{ ...overload(["lists_range", [INT], listType(INT)], range), cost: rangeCost }]),
  declared("reverse", [
    {
      ...method(["list_reverse", [LIST], LIST], (list) =>
        list instanceof List ? new ArrayList(elementsOf(list).reverse()) : NO_SUCH_OVERLOAD,
      ),
      cost: resultCost,
    },
  ]),
  declared("distinct", [
    {
      ...method(["list_distinct", [LIST], LIST], (list) => (list instanceof List ? distinct(list) : NO_SUCH_OVERLOAD)),
      cost: ([list]) => compareCost(list),
    },
  ]),
];
