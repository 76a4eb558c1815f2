import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lookAhead, withLookahead } from "#src/check/inputs/lookahead.ts";

function* generate(items: readonly number[]): Generator<number> {
  yield* items;
}

describe("looking ahead", () => {
  it("loses no item, and takes at most the given number", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(20), (items, count) => {
        const ahead = lookAhead(generate(items), count);
        expect(ahead.next).toEqual(items.slice(0, count));
        expect([...withLookahead(ahead)]).toEqual(items);
      }),
    );
  });
});
