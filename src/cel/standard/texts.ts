import {
  codePoints,
  type FunctionDeclaration,
  type Overload,
  patternCost,
  sizeOf,
  traversalCost,
} from "../functions/index.ts";
import { BOOL, BYTES, INT, listType, mapType, STRING, type Type, typeParameter } from "../types/index.ts";
import { Bytes, CelError, List, MapValue, type Result, type Value } from "../values/index.ts";
import { type Call, method, NO_SUCH_OVERLOAD, noOverload, overload, type Signature } from "./declare.ts";
import { compilePattern, patternOf } from "../pattern/index.ts";

type Cost = NonNullable<Overload["cost"]>;

/** A method that tests a text with another one. */
function test(
  name: string,
  id: string,
  holds: (text: string, other: string) => boolean,
  cost: Cost,
): FunctionDeclaration {
  const call = (text: Value, other: Value): Result =>
    typeof text === "string" && typeof other === "string" ? holds(text, other) : NO_SUCH_OVERLOAD;
  return { name, overloads: [{ ...method([id, [STRING, STRING], BOOL], call), unguarded: true, cost }] };
}

function firstCost([text = null]: readonly Value[]): number {
  return traversalCost(sizeOf(text));
}

function bothCost([text = null, part = null]: readonly Value[]): number {
  return traversalCost(sizeOf(text)) * traversalCost(sizeOf(part));
}

function matches(text: Value, source: Value): Result {
  if (typeof text !== "string") return noOverload("matches", text);
  if (typeof source !== "string") return NO_SUCH_OVERLOAD;
  const pattern = patternOf(source);
  return pattern instanceof CelError ? pattern : pattern.occursIn(text);
}

/** A pattern that is a constant is compiled once. Source: `MatchesRegexOptimization` of cel-go. */
function prepareMatches([, source]: readonly (Value | undefined)[]): Call | CelError | undefined {
  if (typeof source !== "string") return undefined;
  const pattern = compilePattern(source);
  if (pattern instanceof CelError) return pattern;
  return (text) => (typeof text === "string" ? pattern.occursIn(text) : NO_SUCH_OVERLOAD);
}

const MATCHES: readonly Overload[] = [
  { ...overload(["matches", [STRING, STRING], BOOL], matches), unguarded: true, prepare: prepareMatches },
  {
    ...method(["matches_string", [STRING, STRING], BOOL], matches),
    unguarded: true,
    prepare: prepareMatches,
    cost: ([text = null, pattern = null]) => patternCost(text, pattern),
  },
];

function size(value: Value): Result {
  if (typeof value === "string") return BigInt(codePoints(value));
  if (value instanceof List || value instanceof MapValue) return BigInt(value.size);
  return value instanceof Bytes ? BigInt(value.bytes.length) : noOverload("size", value);
}

const LIST = listType(typeParameter("A"));
const MAP = mapType(typeParameter("A"), typeParameter("B"));
const SIZED: readonly (readonly [name: string, type: Type])[] = [
  ["bytes", BYTES],
  ["list", LIST],
  ["map", MAP],
  ["string", STRING],
];

function sizeOverloads([name, type]: readonly [name: string, type: Type]): readonly Overload[] {
  const named = (id: string): Signature => [id, [type], INT];
  return [
    { ...overload(named(`size_${name}`), size), unguarded: true },
    { ...method(named(`${name}_size`), size), unguarded: true },
  ];
}

/** `size`, and the methods of texts. Source: `standard.go` and `string.go` of cel-go. */
export const TEXTS: readonly FunctionDeclaration[] = [
  { name: "size", overloads: SIZED.flatMap(sizeOverloads) },
  test("contains", "contains_string", (text, part) => text.includes(part), bothCost),
  test("endsWith", "ends_with_string", (text, end) => text.endsWith(end), firstCost),
  test("startsWith", "starts_with_string", (text, start) => text.startsWith(start), firstCost),
  { name: "matches", overloads: MATCHES },
];
