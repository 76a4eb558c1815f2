import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseCIDR } from "#src/net/cidr.ts";
import { blockText, unionOf } from "#src/net/range-union.ts";

/** The blocks as text, with the ranges that form each and their sizes, and the size of all. */
function union(ranges: readonly string[], family: "IPv4" | "IPv6" = "IPv4"): unknown {
  const parsed = ranges.flatMap((range) => parseCIDR(range) ?? []);
  expect(parsed).toHaveLength(ranges.length);
  const { blocks, size } = unionOf(parsed, family);
  return {
    blocks: blocks.map((block) => [blockText(block), block.rangeIndexes, Number(block.size)]),
    size: Number(size),
  };
}

describe("the union of ranges", () => {
  it.each([
    { rule: "of none has no addresses", ranges: [], blocks: [], size: 0 },
    { rule: "of one is that one", ranges: ["10.0.0.0/24"], blocks: [["10.0.0.0 to 10.0.0.255", [0], 256]], size: 256 },
    {
      rule: "has a block for each that stands alone, in the order of their addresses",
      ranges: ["10.0.2.0/24", "10.0.0.0/24"],
      blocks: [
        ["10.0.0.0 to 10.0.0.255", [1], 256],
        ["10.0.2.0 to 10.0.2.255", [0], 256],
      ],
      size: 512,
    },
    {
      rule: "makes one block of two that are adjacent",
      ranges: ["10.0.0.0/25", "10.0.0.128/25"],
      blocks: [["10.0.0.0 to 10.0.0.255", [0, 1], 256]],
      size: 256,
    },
    {
      rule: "leaves two apart with a single address between them",
      ranges: ["10.0.0.0/32", "10.0.0.2/32"],
      blocks: [
        ["10.0.0.0 to 10.0.0.0", [0], 1],
        ["10.0.0.2 to 10.0.0.2", [1], 1],
      ],
      size: 2,
    },
    {
      rule: "counts what lies within another once",
      ranges: ["10.0.0.0/16", "10.0.3.0/24"],
      blocks: [["10.0.0.0 to 10.0.255.255", [0, 1], 65536]],
      size: 65536,
    },
    {
      rule: "ends a block where its largest range ends, not its last",
      ranges: ["10.0.0.0/16", "10.0.3.0/24", "10.1.0.0/24"],
      blocks: [["10.0.0.0 to 10.1.0.255", [0, 1, 2], 65536 + 256]],
      size: 65536 + 256,
    },
    {
      rule: "names ranges that start together in the order of the list",
      ranges: ["10.0.0.0/24", "10.0.0.0/16", "10.0.0.0/32"],
      blocks: [["10.0.0.0 to 10.0.255.255", [0, 1, 2], 65536]],
      size: 65536,
    },
    {
      rule: "knows nothing of the other family",
      ranges: ["fd00::/120", "10.0.0.0/32"],
      blocks: [["10.0.0.0 to 10.0.0.0", [1], 1]],
      size: 1,
    },
    {
      rule: "may be the whole of the family",
      ranges: ["0.0.0.0/0"],
      blocks: [["0.0.0.0 to 255.255.255.255", [0], 2 ** 32]],
      size: 2 ** 32,
    },
  ])("$rule", ({ ranges, blocks, size }) => {
    expect(union(ranges)).toEqual({ blocks, size });
  });

  it("of IPv6 ranges has sizes that no number could hold", () => {
    const [range] = [parseCIDR("fd00::/64")];
    expect(range && unionOf([range], "IPv6").size).toBe(2n ** 64n);
    expect(union(["fd00::/127", "fd00::2/127", "10.0.0.0/8"], "IPv6")).toEqual({
      blocks: [["fd00:: to fd00::3", [0, 1], 4]],
      size: 4,
    });
  });

  it("holds each address of its ranges once", () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 })).map(([last, bits]) => {
      const step = 2 ** (32 - bits);
      return { first: last - (last % step), count: step, text: `10.0.0.${last - (last % step)}/${bits}` };
    });
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        const addresses = new Set(
          ranges.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i)),
        );
        expect(union(ranges.map(({ text }) => text))).toMatchObject({ size: addresses.size });
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});
