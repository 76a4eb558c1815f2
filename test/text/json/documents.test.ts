import { describe, expect, it } from "@jest/globals";
import { NumberText } from "#src/field/json.ts";
import { readText } from "#src/text/read.ts";

const read = (text: string) => readText(text, { format: "json" });

describe("a JSON value, as Go reads it", () => {
  it.each([
    { text: "80", want: 80 },
    { text: "-0", want: 0 },
    { text: "80.0", want: new NumberText("80.0") },
    { text: "8e1", want: new NumberText("8e1") },
    { text: "9007199254740993", want: new NumberText("9007199254740993") },
    { text: '"\\u0041\\n\\/"', want: "A\n/" },
    { text: '"\\ud83d\\ude00"', want: "\u{1f600}" },
    { text: '"\\ud83d"', want: "\ufffd" },
    { text: '"\u2028"', want: "\u2028" },
    { text: " [null, true, {}] \n", want: [null, true, {}] },
    { text: '{"__proto__": 1}', want: Object.fromEntries([["__proto__", 1]]) },
  ])("$text", ({ text, want }) => {
    const { documents, problems } = read(text);
    expect(problems).toEqual([]);
    expect(documents[0]?.value).toEqual(want);
  });

  it.each([
    "",
    "080",
    "+80",
    "0x50",
    "NaN",
    ".5",
    "1.",
    "1e",
    "'a'",
    '"a',
    '"\t"',
    '"\\x41"',
    "tru",
    "[1,]",
    "{,}",
    '{"a":1,}',
    "{a:1}",
    "{} {}",
    "[1] x",
    "\ufeff{}",
    "// c\n{}",
    "\u00a0{}",
  ])("%j is none", (text) => {
    expect(read(text).problems.map(({ code }) => code)).toEqual(["syntax"]);
  });

  it.each([
    { depth: 10_000, want: [] },
    { depth: 10_001, want: ["too-deep"] },
  ])("may be $depth deep: $want", ({ depth, want }) => {
    expect(read("[".repeat(depth) + "]".repeat(depth)).problems.map(({ code }) => code)).toEqual(want);
  });

  it("deep JSON is not taken for YAML", () => {
    const deep = `${'{"a":'.repeat(10_000)}"\\/"${"}".repeat(10_000)}`;
    const { documents } = readText(`${deep}\n{"b":1}`, { format: "auto" });
    expect(documents.map(({ format, problems }) => [format, problems])).toEqual([
      ["json", []],
      ["json", []],
    ]);
  });
});

describe("a field that is named again", () => {
  it.each([
    { name: "the last value counts", text: '{"a":1,"a":2}', value: { a: 2 }, want: [["a", [1]]] },
    {
      name: "objects are filled, not replaced",
      text: '{"a":{"b":1,"c":2},"a":{"c":3}}',
      value: { a: { b: 1, c: 3 } },
      want: [["a", [{ b: 1, c: 2 }]]],
    },
    {
      name: "list items, too, and the list is as long as the last",
      text: '{"a":[{"b":1},2],"a":[{"c":3}]}',
      value: { a: [{ b: 1, c: 3 }] },
      want: [["a", [[{ b: 1 }, 2]]]],
    },
    { name: "every earlier value is kept", text: '{"a":1,"a":2,"a":3}', value: { a: 3 }, want: [["a", [1, 2]]] },
    {
      name: "at its path",
      text: '{"s":{"p":[{"n":1,"n":2}]}}',
      value: { s: { p: [{ n: 2 }] } },
      want: [["s.p[0].n", [1]]],
    },
    { name: "another spelling is another field", text: '{"a":1,"A":2}', value: { a: 1, A: 2 }, want: [] },
    { name: "an escape is the same spelling", text: '{"a":1,"\\u0061":2}', value: { a: 2 }, want: [["a", [1]]] },
  ])("$name", ({ text, value, want }) => {
    const [document] = read(text).documents;
    expect(document?.value).toEqual(value);
    expect(document?.duplicates.map(({ path, earlier }) => [path.toString(), earlier])).toEqual(want);
  });
});

describe("what starts like JSON", () => {
  it.each([
    { name: "is JSON, one value after the other", text: '{"a":1}\n{"b":2}', values: [{ a: 1 }, { b: 2 }] },
    { name: "is YAML where only that can be read", text: "{a: on}", values: [{ a: true }] },
    { name: "is YAML where it starts with something else", text: "a: {}", values: [{ a: {} }] },
  ])("$name", ({ text, values }) => {
    expect(readText(text, { format: "auto" }).documents.map(({ value }) => value)).toEqual(values);
  });
});
