import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { nearestWord } from "#src/field/suggestion.ts";

describe("the word that was meant", () => {
  const words = ["port", "healthPort", "targetPort", "selector", "type"];
  it.each([
    { word: "prot", want: "port" },
    { word: "pot", want: "port" },
    { word: "Port", want: "port" },
    { word: "targetport", want: "targetPort" },
    { word: "heatlhPort", want: "healthPort" },
    { word: "select", want: "selector" },
    { word: "typo", want: "type" },
    { word: "zzz", want: undefined },
    { word: "", want: undefined },
    { word: "p".repeat(100), want: undefined },
  ])("$word: $want", ({ word, want }) => {
    expect(nearestWord(word, words)).toBe(want);
  });
});

/** The distance as it is defined: by the last letters of both. */
function distance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  const isSwapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    distance(restA, restB) + (a.at(-1) === b.at(-1) ? 0 : 1),
    distance(a, restB) + 1,
    distance(restA, b) + 1,
    isSwapped ? distance(restA.slice(0, -1), restB.slice(0, -1)) + 1 : Number.POSITIVE_INFINITY,
  );
}

it("is the nearest by the definition, and the first of those that are as near", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 5 }), (word, candidates) => {
      const near = candidates
        .map((candidate) => ({ candidate, is: distance(word, candidate) }))
        .filter(
          ({ candidate, is }) =>
            is <= Math.max(1, Math.floor(candidate.length / 3)) || (word.length >= 3 && candidate.startsWith(word)),
        )
        .toSorted((one, other) => one.is - other.is);
      expect(nearestWord(word, candidates)).toBe(near[0]?.candidate);
    }),
    { numRuns: 1000 },
  );
});
