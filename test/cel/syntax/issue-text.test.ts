import { describe, expect, it } from "@jest/globals";
import { issueText, parse } from "#src/cel/syntax/index.ts";

describe("issueText prints issues as cel-go does", () => {
  it.each([
    {
      name: "one issue",
      source: "request.foo == 1",
      issues: [{ offset: 7, message: "undefined field 'foo'" }],
      text: ["ERROR: <input>:1:8: undefined field 'foo'", " | request.foo == 1", " | .......^"],
    },
    {
      name: "several, by their places; those at one place in the order given",
      source: "a b",
      issues: [
        { offset: 2, message: "second" },
        { offset: 0, message: "first" },
        { offset: 2, message: "third" },
      ],
      text: [
        "ERROR: <input>:1:1: first",
        " | a b",
        " | ^",
        "ERROR: <input>:1:3: second",
        " | a b",
        " | ..^",
        "ERROR: <input>:1:3: third",
        " | a b",
        " | ..^",
      ],
    },
    {
      name: "a line of several, with tabs as spaces",
      source: "a\n\t+\tb\n+ c",
      issues: [{ offset: 5, message: "x" }],
      text: ["ERROR: <input>:2:4: x", " |  + b", " | ...^"],
    },
    {
      name: "a carriage return stays",
      source: "a\r\nb",
      issues: [{ offset: 0, message: "x" }],
      text: ["ERROR: <input>:1:1: x", " | a\r", " | ^"],
    },
    {
      name: "wide characters, which have wide marks",
      source: "'é😀' + 日",
      issues: [{ offset: 7, message: "x" }],
      text: ["ERROR: <input>:1:8: x", " | 'é😀' + 日", " | .．．....＾"],
    },
    {
      name: "the end of the source",
      source: "a\n",
      issues: [{ offset: 2, message: "x" }],
      text: ["ERROR: <input>:2:1: x", " | ", " | ^"],
    },
    {
      name: "past the end of a line",
      source: "a",
      issues: [{ offset: 1, message: "x" }],
      text: ["ERROR: <input>:1:2: x", " | a", " | .^"],
    },
    {
      name: "no place",
      source: "a",
      issues: [{ offset: -2, message: "x" }],
      text: ["ERROR: <input>:-1:0: x"],
    },
    {
      name: "before the first column, where parts are that a syntax error left missing",
      source: "a",
      issues: [{ offset: -1, message: "x" }],
      text: ["ERROR: <input>:1:0: x", " | a", " | ^"],
    },
    {
      name: "a line of as many bytes as are shown",
      source: "é".repeat(8192),
      issues: [{ offset: 0, message: "x" }],
      text: ["ERROR: <input>:1:1: x", ` | ${"é".repeat(8192)}`, " | ＾"],
    },
    {
      name: "a longer line",
      source: `${"é".repeat(8192)}a`,
      issues: [{ offset: 0, message: "x" }],
      text: ["ERROR: <input>:1:1: x"],
    },
    {
      name: "a line of more characters than bytes are shown",
      source: "a".repeat(16_385),
      issues: [{ offset: 0, message: "x" }],
      text: ["ERROR: <input>:1:1: x"],
    },
    { name: "nothing", source: "a", issues: [], text: [""] },
  ])("$name", ({ source, issues, text }) => {
    expect(issueText(source, issues)).toBe(text.join("\n"));
  });

  it("prints the first hundred that were found, and counts the others", () => {
    const issues = Array.from({ length: 103 }, (_, index) => ({ offset: 102 - index, message: `${index}` }));
    const lines = issueText("\n".repeat(200), issues).split("\n");
    expect(lines[0]).toBe("ERROR: <input>:4:1: 99");
    expect(lines.at(-1)).toBe("3 more errors were truncated");
  });

  it("prints what is wrong with an empty source without a line", () => {
    const parsed = parse("", { optionals: true, twoVariables: true, sorting: true });
    expect(issueText("", "issues" in parsed ? parsed.issues : [])).toMatch(
      /^ERROR: <input>:1:0: Syntax error: mismatched input '<EOF>' expecting \{[^\n]*$/,
    );
  });
});
