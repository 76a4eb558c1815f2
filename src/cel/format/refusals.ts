import type { Letter } from "./clauses.ts";

const HEX = "only integers, byte buffers, and strings can be formatted as hex";

const REFUSALS: Readonly<Record<Letter, string>> = {
  s: "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps",
  d: "decimal clause can only be used on integers",
  f: "fixed-point clause can only be used on doubles",
  e: "scientific clause can only be used on doubles",
  b: "only integers and bools can be formatted as binary",
  x: HEX,
  X: HEX,
  o: "octal clause can only be used on integers",
};

/** What is said of an argument of a type that a clause does not take. Source: `formatting.go` in `ext` of cel-go. */
export function refusal(letter: Letter, typeName: string): string {
  return `error during formatting: ${REFUSALS[letter]}, was given ${typeName}`;
}
