import { describe, expect, it } from "@jest/globals";
import { applyJsonPatch, PatchFailure } from "#src/policy/mutations/json-patch.ts";

interface Step {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

function patched(document: unknown, steps: readonly Step[]): unknown {
  return applyJsonPatch(
    document,
    steps.map(({ op, path, from = "", value }) => ({ op, path, from, value })),
  );
}

describe("applyJsonPatch", () => {
  it.each<{ does: string; document: unknown; steps: readonly Step[]; want: unknown }>([
    { does: "adds a member", document: { a: 1 }, steps: [{ op: "add", path: "/b", value: 2 }], want: { a: 1, b: 2 } },
    {
      does: "adds null where no value is given",
      document: {},
      steps: [{ op: "add", path: "/a" }],
      want: { a: null },
    },
    {
      does: "replaces a member by `add`, too",
      document: { a: 1 },
      steps: [{ op: "add", path: "/a", value: 2 }],
      want: { a: 2 },
    },
    {
      does: "sets a member that is not there by `replace`",
      document: {},
      steps: [{ op: "replace", path: "/a", value: 2 }],
      want: { a: 2 },
    },
    {
      does: "appends at `-`",
      document: { a: [1] },
      steps: [{ op: "add", path: "/a/-", value: 2 }],
      want: { a: [1, 2] },
    },
    {
      does: "inserts into a list",
      document: { a: [1, 3] },
      steps: [{ op: "add", path: "/a/1", value: 2 }],
      want: { a: [1, 2, 3] },
    },
    {
      does: "takes negative positions",
      document: { a: [1, 2, 3] },
      steps: [
        { op: "replace", path: "/a/-1", value: 9 },
        { op: "remove", path: "/a/-3" },
      ],
      want: { a: [2, 9] },
    },
    {
      does: "unescapes pointers",
      document: { m: { "a/b~c": 1 } },
      steps: [{ op: "remove", path: "/m/a~1b~0c" }],
      want: { m: {} },
    },
    {
      does: "moves",
      document: { a: { b: 1 } },
      steps: [{ op: "move", path: "/c", from: "/a/b" }],
      want: { a: {}, c: 1 },
    },
    {
      does: "copies",
      document: { a: { b: [1] } },
      steps: [
        { op: "copy", path: "/c", from: "/a/b" },
        { op: "add", path: "/c/-", value: 2 },
      ],
      want: { a: { b: [1] }, c: [1, 2] },
    },
    {
      does: "replaces the whole document",
      document: { a: 1 },
      steps: [{ op: "replace", path: "", value: { b: 2 } }],
      want: { b: 2 },
    },
    {
      does: "goes on after a test that holds",
      document: { a: { b: [1] } },
      steps: [
        { op: "test", path: "/a", value: { b: [1] } },
        { op: "remove", path: "/a/b" },
      ],
      want: { a: {} },
    },
    {
      does: "leaves the document as it is where a test fails",
      document: { a: 1 },
      steps: [
        { op: "add", path: "/b", value: 2 },
        { op: "test", path: "/a", value: 2 },
      ],
      want: { a: 1 },
    },
    {
      does: "finds nothing equal to what is not there",
      document: { a: 1 },
      steps: [
        { op: "test", path: "/b", value: null },
        { op: "remove", path: "/a" },
      ],
      want: { a: 1 },
    },
  ])("$does", ({ document, steps, want }) => {
    const before = JSON.stringify(document);
    expect(patched(document, steps)).toEqual(want);
    expect(JSON.stringify(document)).toBe(before);
  });

  it("returns the very document where a test fails", () => {
    const document = { a: 1 };
    expect(patched(document, [{ op: "test", path: "/a", value: 2 }])).toBe(document);
  });

  it.each<{ step: Step; message: string }>([
    {
      step: { op: "add", path: "/x/y", value: 1 },
      message: 'add operation does not apply: doc is missing path: "/x/y": missing value',
    },
    {
      step: { op: "add", path: "/a/b", value: 1 },
      message: 'add operation does not apply: doc is missing path: "/a/b": missing value',
    },
    {
      step: { op: "add", path: "/l/5", value: 1 },
      message: "error in add for path: '/l/5': Unable to access invalid index: 5: invalid index referenced",
    },
    {
      step: { op: "add", path: "/l/x", value: 1 },
      message:
        "error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
    },
    {
      step: { op: "remove", path: "/x" },
      message: "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value",
    },
    {
      step: { op: "remove", path: "/l/-9" },
      message: "error in remove for path: '/l/-9': Unable to access invalid index: -9: invalid index referenced",
    },
    {
      step: { op: "replace", path: "/l/2", value: 1 },
      message: "replace operation does not apply: doc is missing key: /l/2: missing value",
    },
    {
      step: { op: "replace", path: "/x/y", value: 1 },
      message: "replace operation does not apply: doc is missing path: /x/y: missing value",
    },
    {
      step: { op: "move", path: "/b", from: "/x" },
      message: "error in move for path: 'x': Unable to remove nonexistent key: x: missing value",
    },
    {
      step: { op: "copy", path: "/x/y", from: "/a" },
      message: "copy operation does not apply: doc is missing destination path: /x/y: missing value",
    },
    {
      step: { op: "move", path: "/b" },
      message: "move operation failed to decode from: operation, missing from field: missing value",
    },
    {
      step: { op: "test", path: "/x/y", value: 1 },
      message: "test operation does not apply: is missing path: /x/y: missing value",
    },
    { step: { op: "set", path: "/a", value: 1 }, message: "Unexpected kind: set" },
  ])("fails for $step as the API server does", ({ step, message }) => {
    expect(() => patched({ a: 1, l: [1, 2] }, [step])).toThrow(new PatchFailure(`JSON Patch: ${message}`));
  });
});
