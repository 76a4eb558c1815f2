import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { documentAt, spotsAt } from "#src/editor/cursor/index.ts";
import { isObject } from "#src/field/index.ts";
import type { KeyPath, TextDocument } from "#src/text/document/index.ts";
import { readText } from "#src/text/index.ts";
import { validText } from "./valid-texts.ts";

/** All paths of a value, with whether a key or a scalar is there. */
function* placesIn(value: unknown, keys: KeyPath = []): Generator<{ keys: KeyPath; what: "key" | "value" }> {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  if (children.length === 0 && keys.length > 0 && (typeof value !== "object" || value === null))
    yield { keys, what: "value" };
  for (const [key, child] of children) {
    const inner = [...keys, key];
    if (typeof key === "string") yield { keys: inner, what: "key" };
    yield* placesIn(child, inner);
  }
}

function spotAt(text: string, offset: number): unknown {
  const [spot] = spotsAt(text, documentAt(text, offset), offset);
  return spot && { keys: spot.keys, is: spot.is };
}

function differences(text: string, document: TextDocument): unknown[] {
  return [...placesIn(document.value)].flatMap(({ keys, what }) => {
    const range = document.rangeOf(keys, what);
    if (range === undefined || range.end === range.start) return [];
    return [range.start, Math.floor((range.start + range.end) / 2)].flatMap((offset) => {
      const found = spotAt(text, offset);
      return JSON.stringify(found) === JSON.stringify({ keys, is: what }) ? [] : [{ offset, keys, what, found }];
    });
  });
}

test("in a text that parses, the path at each key and value is the parser's", () => {
  fc.assert(
    fc.property(validText, (text) => {
      expect(readText(text, { format: "auto" }).documents.flatMap((document) => differences(text, document))).toEqual(
        [],
      );
    }),
    { numRuns: 300 },
  );
});
