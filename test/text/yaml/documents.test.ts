import { describe, expect, it } from "@jest/globals";
import { NumberText } from "#src/field/json.ts";
import type { TextDocument } from "#src/text/document/types.ts";
import { readText } from "#src/text/read.ts";

/** The first document of a YAML text: the API server reads no further. */
function first(text: string): TextDocument {
  const [document] = readText(text, { format: "yaml" }).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** What a plain scalar stands for; numbers that keep their text as `text:...`. */
function valueOf(scalar: string): unknown {
  const { value, problems } = first(`[${scalar}]`);
  if (problems.length > 0) return problems.map(({ code }) => code);
  const only: unknown = Array.isArray(value) ? value[0] : undefined;
  return only instanceof NumberText ? `text:${only.text}` : only;
}

describe("a scalar without quotes, in dialect 1.1 as the API server's library reads it", () => {
  const TABLE: readonly [want: unknown, scalars: readonly string[]][] = [
    [true, ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]],
    [false, ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]],
    [null, ["~", "null", "Null", "NULL"]],
    [
      80,
      [
        "80",
        "+80",
        "0120",
        "0o120",
        "0x50",
        "0X50",
        "0b1010000",
        "0B1010000",
        "8_0",
        "0080",
        "80.0",
        "80.",
        "8e1",
        "8E1",
        "0.8e+2",
        "0x5_0",
      ],
    ],
    [-80, ["-80", "-0x50", "-0120", "-80.0", "-8e1", "0b-1010000"]],
    [0, ["0", "-0", "+0", "00", "0_0", "-0.0"]],
    ["text:0.5", [".5", "+.5", "0.5"]],
    ["text:80.5", ["80.5", "8.05e1"]],
    ["text:9223372036854775807", ["9223372036854775807", "0x7fffffffffffffff"]],
    ["text:18446744073709551615", ["18446744073709551615", "0xffffffffffffffff"]],
  ];
  it.each(TABLE.flatMap(([want, scalars]) => scalars.map((scalar) => ({ scalar, want }))))(
    "$scalar is $want",
    ({ scalar, want }) => {
      expect(valueOf(scalar)).toEqual(want);
    },
  );

  it.each([
    "yEs",
    "tRUE",
    "nULL",
    "oN",
    "1:20",
    "190:20:30",
    "2027-01-31",
    "2027-01-31T00:00:00Z",
    "1.2.3",
    "0o8",
    "0xg",
    "0b2",
    "1,5",
    "=",
    "<<",
    "e3",
    "1e",
    "+ 80",
    "--80",
    "1e400",
    "Infinity",
    "NaN",
    "-a",
  ])("%s is text", (scalar) => {
    const { value } = first(`a: ${scalar}`);
    expect(value).toEqual({ a: scalar });
  });

  it.each([".inf", "-.inf", "+.INF", ".nan", ".NaN"])("%s is nothing that JSON has", (scalar) => {
    expect(valueOf(scalar)).toEqual(["bad-number"]);
  });
});

describe("a tag", () => {
  it.each([
    { scalar: "!!str 80", want: "80" },
    { scalar: '!!int "80"', want: 80 },
    { scalar: "!!float 80", want: 80 },
    { scalar: '!!bool "yes"', want: true },
    { scalar: "!!null ''", want: null },
    { scalar: "!!binary aGk=", want: "hi" },
    { scalar: "!custom on", want: "on" },
    { scalar: "!!int abc", want: ["bad-tag"] },
    { scalar: "!!bool maybe", want: ["bad-tag"] },
    { scalar: "!!int 1.5", want: ["bad-tag"] },
    { scalar: '!!binary "a b"', want: ["bad-tag"] },
  ])("$scalar", ({ scalar, want }) => {
    expect(valueOf(scalar)).toEqual(want);
  });
});

describe("a key becomes text", () => {
  it.each([
    { key: "on", want: "true" },
    { key: "1", want: "1" },
    { key: "0x10", want: "16" },
    { key: "1.5", want: "1.5" },
    { key: "1e6", want: "1e+06" },
    { key: "123456.5", want: "123456.5" },
    { key: '"on"', want: "on" },
    { key: "!!str 1", want: "1" },
    { key: "? port", want: "port" },
  ])("$key: $want", ({ key, want }) => {
    expect(first(`{${key}: x}`).value).toEqual({ [want]: "x" });
  });

  it.each(["~", "null", "[a]", "{a: b}"])("%s cannot", (key) => {
    expect(first(`? ${key}\n: x\n`).problems.map(({ code }) => code)).toEqual(["bad-key"]);
  });
});

describe("a key that is named again", () => {
  const paths = (text: string): string[] => first(text).duplicates.map(({ path }) => path.toString());
  it.each([
    { name: "is reported, and its last value counts", text: "a: 1\na: 2\n", want: ["a"], value: { a: 2 } },
    { name: "at any depth", text: "a: [{b: 1, b: 2}]\n", want: ["a[0].b"], value: { a: [{ b: 2 }] } },
    { name: "once a line", text: "{a: 1, a: 2, a: 3}\n", want: ["a"], value: { a: 3 } },
    { name: "on every line", text: "a: 1\na: 2\na: 3\n", want: ["a", "a"], value: { a: 3 } },
    {
      name: "by a merge, too",
      text: "b: &b {a: 1}\nc: {<<: *b, a: 2}\n",
      want: ["c.a"],
      value: { b: { a: 1 }, c: { a: 2 } },
    },
    { name: "unless it is of another type", text: "{1: x, '1': z}\n", want: [], value: { "1": "z" } },
  ])("$name", ({ text, want, value }) => {
    expect(paths(text)).toEqual(want);
    expect(first(text).value).toEqual(value);
  });

  it("is not looked at for what it was before: only the last value reaches the server", () => {
    expect(first("a: 1\na: 2\n").duplicates[0]).not.toHaveProperty("earlier");
  });
});

describe("anchors and merges", () => {
  it.each([
    { name: "an alias", text: "a: &x [1]\nb: *x\n", value: { a: [1], b: [1] } },
    {
      name: "an anchor that is given anew",
      text: "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
      value: { a: 1, b: 1, c: 2, d: 2 },
    },
    {
      name: "of a list of merges the first wins",
      text: "a: &a {k: 1}\nb: &b {k: 2, l: 3}\nc: {<<: [*a, *b]}\n",
      value: { a: { k: 1 }, b: { k: 2, l: 3 }, c: { k: 1, l: 3 } },
    },
  ])("$name", ({ text, value }) => {
    expect(first(text).value).toEqual(value);
  });

  it.each([
    { name: "an alias without anchor", text: "a: *x\n", code: "unknown-anchor" },
    { name: "a value that contains itself", text: "a: &x [*x]\n", code: "anchor-in-itself" },
    { name: "a merge of a text", text: "a: {<<: x}\n", code: "bad-merge" },
    { name: "aliases that multiply", text: bomb(), code: "too-many-aliases" },
  ])("$name", ({ text, code }) => {
    expect(first(text).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 7; i++) lines.push(`a${i}: &a${i} [${new Array(10).fill(`*a${i - 1}`).join(", ")}]`);
  return `${lines.join("\n")}\n`;
}

describe("documents", () => {
  it.each([
    { name: "several", text: "a: 1\n---\nb: 2\n", values: [{ a: 1 }, { b: 2 }] },
    { name: "a comment is none", text: "# nothing\n", values: [] },
    { name: "an empty text is none", text: "", values: [] },
    { name: "with the directive of the dialect", text: "%YAML 1.1\n---\na: on\n", values: [{ a: true }] },
    { name: "with a byte order mark", text: "\ufeffa: 1\n", values: [{ a: 1 }] },
    { name: "with the line ends of other systems", text: "a: 1\r\nb:\r\n- 2\r\n", values: [{ a: 1, b: [2] }] },
    { name: "that end explicitly", text: "a: 1\n...\n", values: [{ a: 1 }] },
  ])("$name", ({ text, values }) => {
    const { documents, problems } = readText(text, { format: "yaml" });
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual(values);
  });

  it.each([
    { name: "another dialect", text: "%YAML 1.2\n---\na: 1\n", code: "yaml-version" },
    { name: "a tab that indents", text: "a:\n\tb: 1\n", code: "syntax" },
    { name: "a control character", text: "a: \u0007\n", code: "control-character" },
    { name: "brackets that stay open", text: "a: [1\n", code: "syntax" },
    { name: "a depth that no stack can hold", text: "[".repeat(20_000) + "]".repeat(20_000), code: "too-deep" },
  ])("$name cannot be read", ({ text, code }) => {
    expect(readText(text, { format: "yaml" }).problems[0]?.code).toBe(code);
  });

  it.each([
    { name: "a quote", text: 'a: "x\n---\nb: 1\n---\nc: 2\n', at: 1 },
    { name: "a quote and nothing else", text: '"\n---\nb: 1\n---\nc: 2', at: 1 },
    {
      name: "an apostrophe, with the line ends of other systems",
      text: "a: 'x\r\n---\r\nb: 1\r\n---\r\nc: 2\r\n",
      at: 1,
    },
    { name: "a quote between brackets", text: 'd: 1\na: [{b: "x\n---\nb: 1\n---\nc: 2\n', at: 2 },
    { name: "a quote, before an explicit end", text: 'a: "x\n...\n---\nb: 1\n---\nc: 2\n', at: 1 },
    { name: "brackets", text: "a: [{\n---\nb: 1\n---\nc: 2\n", at: 1 },
  ])("$name that stays open leaves the other documents as they are", ({ text, at }) => {
    const { documents, problems } = readText(text, { format: "auto" });
    expect(documents.map(({ value }) => value)).toEqual([undefined, { b: 1 }, { c: 2 }]);
    expect(problems.map(({ code, document, region }) => [code, document, region.startLine])).toEqual([
      ["syntax", 0, at],
    ]);
  });

  it("what looks like an open quote within a text is none", () => {
    const { documents } = readText("a: |\n  \"x\n--- # more\nb: it's\n---\nc: 2\n", { format: "yaml" });
    expect(documents.map(({ value }) => value)).toEqual([{ a: '"x\n' }, { b: "it's" }, { c: 2 }]);
  });

  it.each([
    { name: "lists between brackets", make: (n: number) => "[".repeat(n) + "]".repeat(n) },
    { name: "maps between braces", make: (n: number) => `${"{a: ".repeat(n)}x${"}".repeat(n)}` },
    { name: "lists", make: (n: number) => `${"- ".repeat(n)}x` },
    { name: "keys", make: (n: number) => "? ".repeat(n) },
  ])("$name are read to the depth that go-yaml reads them to, and not as far as a stack goes", ({ make }) => {
    const codes = (n: number) => readText(make(n), { format: "yaml" }).problems.map(({ code }) => code);
    expect([400, 5000, 10_000].map(codes).flat()).not.toContain("too-deep");
    expect([10_001, 50_000].map(codes)).toEqual([["too-deep"], ["too-deep"]]);
  });

  it("together they are read as deep as Go's JSON", () => {
    const codes = (n: number) => readText(`a: ${make(n)}`, { format: "yaml" }).problems.map(({ code }) => code);
    const make = (n: number) => "[".repeat(n) + "]".repeat(n);
    expect([9999, 10_000].map(codes)).toEqual([[], ["too-deep"]]);
  });
});

describe("places", () => {
  const text = "spec:\n  ports:\n  - port: 80\n    name: a\n";
  it.each([
    {
      keys: ["spec", "ports", 0, "name"],
      what: "value",
      want: { startLine: 4, startColumn: 11, endLine: 4, endColumn: 12 },
    },
    {
      keys: ["spec", "ports", 0, "port"],
      what: "key",
      want: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
    },
    { keys: ["spec", "type"], what: "key", want: undefined },
  ] as const)("$keys $what", ({ keys, what, want }) => {
    expect(first(text).locate(keys, what)).toEqual(want);
  });

  it("scalars that are not what they look like are listed", () => {
    const { misleadingScalars } = first("a: on\nb: 0120\nc: 1:20\nd: 80\n'e': x\nyes: x\n");
    expect(misleadingScalars.map(({ text: word, value, what }) => [what, word, value])).toEqual([
      ["value", "on", true],
      ["value", "0120", 80],
      ["value", "1:20", "1:20"],
      ["key", "yes", "true"],
    ]);
  });
});
