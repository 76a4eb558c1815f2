import { describe, expect, it } from "@jest/globals";
import { parse } from "#src/cel/syntax/index.ts";

const NOWHERE = -2;

/** The number of issues, and the last one; undefined if there is none. */
function lastIssue(source: string): { count: number; offset: number; message: string } | undefined {
  const parsed = parse(source, { optionals: true, twoVariables: true, sorting: true });
  const last = "issues" in parsed ? parsed.issues.at(-1) : undefined;
  return "issues" in parsed && last !== undefined ? { count: parsed.issues.length, ...last } : undefined;
}

describe("expressions within the limits", () => {
  it.each([
    { name: "249 parentheses", source: "(".repeat(249) + "a" + ")".repeat(249) },
    { name: "249 conditions", source: "a ? b : ".repeat(249) + "c" },
    { name: "250 fields", source: `a${".b".repeat(250)}` },
    { name: "250 additions", source: `a${"+a".repeat(250)}` },
    { name: "thousands of terms", source: `a${" && a".repeat(5000)}` },
    { name: "thousands of signs", source: `${"!".repeat(9999)}a` },
    { name: "thousands of elements", source: `[${"1,".repeat(5000)}]` },
    { name: "as many code points as may be", source: `"${"😀".repeat(99_998)}"` },
    { name: "ten nested copies", source: `a${".optMap(x, x)".repeat(10)}` },
  ])("$name", ({ source }) => {
    expect(lastIssue(source)).toBeUndefined();
  });
});

// All but the limit of nodes are cel-go's.
describe("expressions beyond the limits", () => {
  it.each([
    ...["(", "[", "f(", "-(", "{a:", "a?b:", "a[", "M{a: "].map((open) => ({
      name: `260 times ${open}`,
      source: open.repeat(260),
      issue: { count: 1, offset: NOWHERE, message: "expression recursion limit exceeded: 250" },
    })),
    ...[".b", "[0]", "+a", " < a", ".f()", ".all(x, x)"].map((next) => ({
      name: `251 times ${next}`,
      source: `a${next.repeat(251)}`,
      issue: { count: 1, offset: NOWHERE, message: "max recursion depth exceeded" },
    })),
    {
      name: "a code point too many",
      source: "😀".repeat(100_001),
      issue: {
        count: 1,
        offset: NOWHERE,
        message: "expression code point size exceeds limit: size: 100001, limit 100000",
      },
    },
    {
      name: "a hundred thousand parentheses",
      source: "(".repeat(50_000) + ")".repeat(50_000),
      issue: { count: 1, offset: NOWHERE, message: "expression recursion limit exceeded: 250" },
    },
    {
      name: "many errors of the lexer",
      source: "# ".repeat(1000),
      issue: { count: 101, offset: 200, message: "Syntax error: More than 100 syntax errors" },
    },
    {
      name: "many recoveries",
      source: "{1 ".repeat(40),
      issue: { count: 31, offset: 93, message: "Syntax error: error recovery attempt limit exceeded: 30" },
    },
    {
      name: "many tokens to skip",
      source: ",".repeat(300),
      issue: { count: 2, offset: NOWHERE, message: "error recovery token lookahead limit exceeded: 256" },
    },
    {
      name: "copies without end",
      source: `a${".optMap(x, x)".repeat(60)}`,
      issue: { count: 1, offset: NOWHERE, message: "expression expands to more than 31562 nodes" },
    },
  ])("$name", ({ source, issue }) => {
    expect(lastIssue(source)).toEqual(issue);
  });
});
