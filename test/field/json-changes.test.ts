import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import jsonPatch, { type Operation } from "fast-json-patch";
import { changesBetween, withChange } from "#src/field/json-changes.ts";
import { equalJson } from "#src/field/json-equality.ts";
import { Path } from "#src/field/path.ts";

/** The value that the changes make of one, step by step. */
function changed(before: unknown, after: unknown, received = before): unknown {
  return changesBetween(before, after).reduce((value, change) => withChange(value, change)?.value ?? value, received);
}

describe("changesBetween", () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer({ max: 2, min: 0 }),
      fc.constantFrom("a", null),
      tie("list"),
      tie("object"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom("a", "b/c", "d~", "e"), tie("value"), { noNullPrototype: true }),
  })).object;

  it("finds what leads from one value to the other, and nothing where they are the same", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(equalJson(changed(before, after), after)).toBe(true);
        expect(changesBetween(before, structuredClone(before))).toEqual([]);
      }),
    );
  });

  it("finds operations of RFC 6902", () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        let value: unknown = before;
        const operations: Operation[] = [];
        for (const change of changesBetween(before, after)) {
          const made = withChange(value, change);
          if (made === undefined) continue;
          value = made.value;
          const { keys, ...rest } = made.operation;
          operations.push({ ...rest, path: Path.of(keys).toPointer() });
        }
        expect(jsonPatch.applyPatch(structuredClone(before), operations, true).newDocument).toEqual(after);
      }),
    );
  });

  it.each([
    {
      before: [1, 2, 3, 4],
      after: [1, 4],
      want: [
        ["remove", 2],
        ["remove", 1],
      ],
    },
    {
      before: [1, 4],
      after: [1, 2, 3, 4],
      want: [
        ["insert", 1],
        ["insert", 2],
      ],
    },
    { before: [1, 2, 3], after: [1, 9, 3], want: [["set", 1]] },
  ])("changes only the middle of $before to $after", ({ before, after, want }) => {
    expect(changesBetween(before, after).map(({ kind, keys }) => [kind, keys[0]])).toEqual(want);
  });
});

describe("withChange", () => {
  it.each([
    { does: "makes what is around the place", received: {}, want: { metadata: { labels: { a: "b" } } } },
    { does: "replaces a null around it", received: { metadata: null }, want: { metadata: { labels: { a: "b" } } } },
    {
      does: "keeps what else is there",
      received: { metadata: { name: "x", labels: { c: "d" } } },
      want: { metadata: { name: "x", labels: { c: "d", a: "b" } } },
    },
  ])("$does", ({ received, want }) => {
    const before = { metadata: { labels: {} } };
    expect(changed(before, { metadata: { labels: { a: "b" } } }, received)).toEqual(want);
  });

  it("removes nothing that is not there", () => {
    expect(withChange({ a: 1 }, { kind: "remove", keys: ["b", "c"] })).toBeUndefined();
    expect(withChange({ a: 1 }, { kind: "remove", keys: ["b"] })).toBeUndefined();
  });
});
