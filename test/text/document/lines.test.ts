import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Lines } from "#src/text/document/lines.ts";

const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\r\n", "é") });

describe("lines and columns", () => {
  it("are the same in whatever order they are asked for", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (given, offsets) => {
        const lines = new Lines(given);
        for (const offset of offsets) {
          const before = given.slice(0, offset).split(/\r\n|\n|\r/);
          // Between the two halves of a line end the line is not over yet.
          const isInside = given[offset - 1] === "\r" && given[offset] === "\n";
          expect(lines.lineOf(Math.min(offset, given.length))).toBe(before.length - (isInside ? 1 : 0));
        }
      }),
    );
  });

  it("a slice has the lines that were asked for, wherever was looked before", () => {
    fc.assert(
      fc.property(text, fc.nat(10), fc.nat(10), fc.nat(40), (given, first, count, offset) => {
        const lines = new Lines(given);
        lines.lineOf(Math.min(offset, given.length));
        const all = given.split(/\r\n|\n|\r/);
        expect(lines.slice(first + 1, first + count)).toEqual(all.slice(first, first + count));
      }),
    );
  });
});
