import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lookAhead, withLookahead } from "#src/check/inputs/lookahead.ts";

async function* generate(items: readonly number[]): AsyncGenerator<number> {
  for (const item of items) yield await Promise.resolve(item);
}

describe("looking ahead", () => {
  it("loses no item, and takes at most the given number", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), fc.nat(20), async (items, count) => {
        const ahead = await lookAhead(generate(items), count);
        expect(ahead.next).toEqual(items.slice(0, count));
        const all: number[] = [];
        for await (const item of withLookahead(ahead)) all.push(item);
        expect(all).toEqual(items);
      }),
    );
  });
});
