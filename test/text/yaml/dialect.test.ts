import { describe, expect, it } from "@jest/globals";
import { readText } from "#src/text/read.ts";

function read(text: string) {
  const { documents, problems } = readText(text, { format: "auto" });
  return { values: documents.map(({ value }) => value), problems };
}

const LINE_ENDS = [
  { name: "carriage return", end: "\r" },
  { name: "next line", end: "\u0085" },
  { name: "line separator", end: "\u2028" },
  { name: "paragraph separator", end: "\u2029" },
] as const;

describe.each(LINE_ENDS)("go-yaml takes a $name for a line end", ({ end }) => {
  it.each([
    { name: "behind a value", text: `a: 1${end}b: 2\n`, value: { a: 1, b: 2 } },
    { name: "behind a comment, which it ends", text: `a: 1 # x${end}b: 2\n`, value: { a: 1, b: 2 } },
    { name: "before what is indented", text: `a:${end}  - 1${end}  - 2${end}`, value: { a: [1, 2] } },
  ])("$name", ({ text, value }) => {
    expect(read(text)).toEqual({ values: [value], problems: [] });
  });

  it("between documents, where kubectl has not split the file: it takes the first one", () => {
    const text = `a: 1${end}---${end}b: 2${end}`;
    expect(readText(text, { format: "yaml" }).documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(read(text).values).toEqual([{ a: 1 }]);
  });

  it("so that a text without quotes cannot go on to the left of its key", () => {
    expect(read(`a: x${end}y\n`).problems.map(({ code }) => code)).toEqual(["syntax"]);
  });
});

describe("a tab where go-yaml wants blanks", () => {
  it.each([
    { name: "behind a dash and a blank", text: "a:\n- \tx\n", at: [2, 3] },
    { name: "behind a dash and blanks", text: "a:\n  -   \tx\n", at: [2, 7] },
    { name: "behind two dashes", text: "- - \tx\n", at: [1, 5] },
    { name: "before quotes", text: '- \t"x"\n', at: [1, 3] },
    { name: "before a key", text: "- \ta: 1\n", at: [1, 3] },
    { name: "right behind a dash", text: "-\tx\n", at: [1, 2] },
    { name: "behind a question mark", text: "? \ta\n: 1\n", at: [1, 3] },
    { name: "behind a colon of its own line", text: "? a\n: \t1\n", at: [2, 3] },
  ])("$name: refused", ({ text, at }) => {
    const places = read(text).problems.map(({ code, region }) => [code, region.startLine, region.startColumn]);
    expect(places).toEqual([["syntax", ...at]]);
  });

  it.each([
    { name: "behind a key", text: "a: \tx\n", value: { a: "x" } },
    { name: "behind a value", text: "- x \t\n", value: ["x"] },
    { name: "between brackets", text: "[\n- \tx,\n\ty]\n", value: undefined },
    { name: "in a block of text", text: "a: |\n  - \tx\n", value: { a: "- \tx\n" } },
    { name: "between quotes", text: 'a: "\n  - \tx"\n', value: { a: " - \tx" } },
    { name: "in a text without quotes", text: "a: x\n  - \ty\n", value: { a: "x - \ty" } },
  ])("$name: fine", ({ text, value }) => {
    if (value !== undefined) expect(read(text)).toEqual({ values: [value], problems: [] });
    else expect(read(text).problems.map(({ message }) => message)).not.toContain("a tab indents this line");
  });
});

describe("aliases", () => {
  it.each([
    { name: "in brackets", text: (n: number) => `a: &a x\nb: [${"*a, ".repeat(n)}]\n` },
    { name: "in a list", text: (n: number) => `a: &a x\nb:\n${"- *a\n".repeat(n)}` },
  ])("$name: as many as go-yaml takes", ({ text }) => {
    expect(read(text(10_001)).problems).toEqual([]);
  });
});

describe("documents of one text stand for themselves", () => {
  it("a depth that no stack can hold is said of its own document", () => {
    const { values, problems } = read(`a: 1\n---\n${"[".repeat(20_000)}\n`);
    expect(values).toEqual([{ a: 1 }, undefined]);
    expect(problems.map(({ code, document }) => [code, document])).toEqual([["too-deep", 1]]);
  });

  it("a control character is said of each that has one", () => {
    const { problems } = read("a: \u0007\n---\nb: 1\n---\nc: \u0007\n");
    expect(problems.map(({ code, document, region }) => [code, document, region.startLine])).toEqual([
      ["control-character", 0, 1],
      ["control-character", 2, 5],
    ]);
  });
});
