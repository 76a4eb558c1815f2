import { spend } from "../effort/index.ts";
import { type FunctionDeclaration, type Overload, sizeOf, traversalCost } from "../functions/index.ts";
import { CIDRValue, IPValue } from "../kubernetes/index.ts";
import { BOOL, BYTES, DOUBLE, DURATION, INT, STRING, TIMESTAMP, type Type, UINT } from "../types/index.ts";
import { ArrayList, Bytes, CelError, List, MapValue, type Value } from "../values/index.ts";

export type Cost = NonNullable<Overload["cost"]>;

/** A function of one name, with what a call costs if it is not 1. */
export function declared(name: string, overloads: readonly Overload[], cost?: Cost): FunctionDeclaration {
  return cost === undefined ? { name, overloads } : { name, overloads, cost };
}

/** A list of texts. */
export function textList(texts: readonly string[]): List {
  return new ArrayList(texts);
}

/** The size that the cost of a call depends on; addresses have one, too. Source: `actualSize` of the API server's `library/cost.go`. */
export function costSize(value: Value = null): number {
  return value instanceof IPValue || value instanceof CIDRValue ? value.size : sizeOf(value);
}

/** What it costs to read the first argument once, or `times`. */
export function readingCost(times = 1): Cost {
  return ([first]) => traversalCost(costSize(first), times);
}

/** How long a text may become. The API server has no such limit but the cost, which it counts when the text is there. */
const MAX_TEXT = 2 ** 24;

export const TOO_LONG = new CelError("the text becomes too long");

export function isTooLong(length: number): boolean {
  return length > MAX_TEXT;
}

/** The types of values that have an order, by their short names. Source: `comparableTypes` of the API server's `library/lists.go`. */
export const COMPARABLE: readonly (readonly [name: string, type: Type])[] = [
  ["int", INT],
  ["uint", UINT],
  ["double", DOUBLE],
  ["bool", BOOL],
  ["duration", DURATION],
  ["timestamp", TIMESTAMP],
  ["string", STRING],
  ["bytes", BYTES],
];

const TRAVERSAL_FACTOR = 0.1;
const ENCODER = new TextEncoder();

/** What it costs to go through a value once, with all that is in it. Source: `traversalCost` of the API server's `library/cost.go`. */
function goThrough(value: Value): number {
  spend();
  if (typeof value === "string") return Math.trunc(bytesOf(value) * TRAVERSAL_FACTOR);
  if (value instanceof Bytes) return Math.trunc(value.bytes.length * TRAVERSAL_FACTOR);
  let cost = 0;
  if (value instanceof List) {
    for (let index = 0; index < value.size; index++) cost += goThrough(value.at(index));
    return cost;
  }
  if (!(value instanceof MapValue)) return 1;
  for (const key of value.keys()) {
    const member = value.get(key) ?? null;
    cost += goThrough(key) + (member instanceof CelError ? 1 : goThrough(member));
  }
  return cost;
}

function bytesOf(text: string): number {
  // Most texts are short: of these nothing but whether they have ten bytes counts.
  return text.length < 4 ? 0 : ENCODER.encode(text).length;
}

/** What the functions cost that go through a text or a list once. */
export const scanCost: Cost = ([first = null]) => goThrough(first);
