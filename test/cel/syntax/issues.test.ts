import { describe, expect, it } from "@jest/globals";
import type { Issue } from "#src/cel/ast/index.ts";
import { parse, type Syntax } from "#src/cel/syntax/index.ts";

/** What an expression can begin with, as messages name it. */
const START =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

const ALL: Syntax = { optionals: true, twoVariables: true, sorting: true };

/** The places and words of what is wrong. */
function issuesOf(source: string, syntax = ALL): [number, string][] {
  const parsed = parse(source, syntax);
  const issues: readonly Issue[] = "issues" in parsed ? parsed.issues : [];
  return issues.map(({ offset, message }) => [offset, message]);
}

// All of these are what cel-go v0.26.0 says, in the order in which it finds it.
describe("syntax errors are in ANTLR's words", () => {
  it.each([
    {
      source: 'object.spec.type = "x"',
      issues: [
        [17, "Syntax error: token recognition error at: '= '"],
        [19, "Syntax error: extraneous input '\"x\"' expecting <EOF>"],
      ],
    },
    { source: "[1,2", issues: [[4, "Syntax error: mismatched input '<EOF>' expecting {']', ','}"]] },
    { source: " ", issues: [[1, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "a +", issues: [[3, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "a b", issues: [[2, "Syntax error: extraneous input 'b' expecting <EOF>"]] },
    { source: "(a", issues: [[2, "Syntax error: missing ')' at '<EOF>'"]] },
    { source: "a)", issues: [[1, "Syntax error: extraneous input ')' expecting <EOF>"]] },
    { source: "a.", issues: [[2, "Syntax error: no viable alternative at input '.'"]] },
    { source: "a.1", issues: [[1, "Syntax error: extraneous input '.1' expecting <EOF>"]] },
    { source: "a.true", issues: [[2, "Syntax error: mismatched input 'true' expecting IDENTIFIER"]] },
    {
      source: "a.in",
      issues: [
        [2, "Syntax error: no viable alternative at input '.in'"],
        [4, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "1 + $",
      issues: [
        [4, "Syntax error: token recognition error at: '$'"],
        [5, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "*@a | b",
      issues: [
        [1, "Syntax error: token recognition error at: '@'"],
        [0, `Syntax error: extraneous input '*' expecting ${START}`],
        [4, "Syntax error: token recognition error at: '| '"],
        [6, "Syntax error: extraneous input 'b' expecting <EOF>"],
      ],
    },
    {
      source: "a | b",
      issues: [
        [2, "Syntax error: token recognition error at: '| '"],
        [4, "Syntax error: extraneous input 'b' expecting <EOF>"],
      ],
    },
    {
      source: "a & b",
      issues: [
        [2, "Syntax error: token recognition error at: '& '"],
        [4, "Syntax error: extraneous input 'b' expecting <EOF>"],
      ],
    },
    {
      source: "{",
      issues: [
        [
          1,
          "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '}', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
      ],
    },
    { source: "{a", issues: [[2, "Syntax error: mismatched input '<EOF>' expecting ':'"]] },
    { source: "{a:", issues: [[3, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "[1 2]", issues: [[3, "Syntax error: extraneous input '2' expecting {']', ','}"]] },
    { source: "f(a,)", issues: [[4, `Syntax error: mismatched input ')' expecting ${START}`]] },
    {
      source: "f(,a)",
      issues: [
        [
          2,
          "Syntax error: extraneous input ',' expecting {'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
      ],
    },
    { source: "f(a b)", issues: [[4, "Syntax error: extraneous input 'b' expecting ')'"]] },
    { source: "a ? b", issues: [[5, "Syntax error: mismatched input '<EOF>' expecting ':'"]] },
    { source: "a ? b :", issues: [[7, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    {
      source: "a ?? b",
      issues: [
        [3, `Syntax error: extraneous input '?' expecting ${START}`],
        [6, "Syntax error: mismatched input '<EOF>' expecting ':'"],
      ],
    },
    { source: "= 1", issues: [[0, "Syntax error: token recognition error at: '= '"]] },
    { source: "a === b", issues: [[4, "Syntax error: token recognition error at: '= '"]] },
    { source: "a <> b", issues: [[3, `Syntax error: extraneous input '>' expecting ${START}`]] },
    { source: "a not b", issues: [[2, "Syntax error: mismatched input 'not' expecting <EOF>"]] },
    {
      source: "'unterminated",
      issues: [
        [0, "Syntax error: token recognition error at: ''unterminated'"],
        [13, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: '"a\nb"',
      issues: [
        [0, "Syntax error: token recognition error at: '\"a\n'"],
        [4, "Syntax error: token recognition error at: '\"'"],
      ],
    },
    {
      source: "'\\q'",
      issues: [
        [0, "Syntax error: token recognition error at: ''\\q'"],
        [3, "Syntax error: token recognition error at: '''"],
        [4, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "'\\u12'",
      issues: [
        [0, "Syntax error: token recognition error at: ''\\u12''"],
        [6, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    { source: "1.", issues: [[2, "Syntax error: no viable alternative at input '.'"]] },
    { source: "1..2", issues: [[2, "Syntax error: no viable alternative at input '..2'"]] },
    { source: "01x", issues: [[2, "Syntax error: extraneous input 'x' expecting <EOF>"]] },
    { source: "0x", issues: [[1, "Syntax error: extraneous input 'x' expecting <EOF>"]] },
    { source: "1a", issues: [[1, "Syntax error: extraneous input 'a' expecting <EOF>"]] },
    { source: "a.all(x, )", issues: [[9, `Syntax error: mismatched input ')' expecting ${START}`]] },
    {
      source: "a[",
      issues: [
        [
          2,
          "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
      ],
    },
    {
      source: "a[]",
      issues: [
        [
          2,
          "Syntax error: mismatched input ']' expecting {'[', '{', '(', '.', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
      ],
    },
    { source: "a[1", issues: [[3, "Syntax error: missing ']' at '<EOF>'"]] },
    { source: "M{a}", issues: [[3, "Syntax error: mismatched input '}' expecting ':'"]] },
    { source: "M{a: }", issues: [[5, `Syntax error: mismatched input '}' expecting ${START}`]] },
    {
      source: "M{1: 2}",
      issues: [[2, "Syntax error: mismatched input '1' expecting {'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}"]],
    },
    {
      source: "in",
      issues: [
        [0, `Syntax error: mismatched input 'in' expecting ${START}`],
        [2, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    { source: "a in", issues: [[4, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "null(1)", issues: [[4, "Syntax error: mismatched input '(' expecting <EOF>"]] },
    { source: "`a`", issues: [[0, `Syntax error: mismatched input '\`a\`' expecting ${START}`]] },
    { source: "a\n + \n", issues: [[6, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "a ==\n\t'é' 'b'", issues: [[10, "Syntax error: extraneous input ''b'' expecting <EOF>"]] },
    { source: "'日本' b", issues: [[5, "Syntax error: extraneous input 'b' expecting <EOF>"]] },
    { source: "'日本' 日", issues: [[5, "Syntax error: token recognition error at: '日'"]] },
    { source: "\t\ta b", issues: [[4, "Syntax error: extraneous input 'b' expecting <EOF>"]] },
    { source: "a // c\n b", issues: [[8, "Syntax error: extraneous input 'b' expecting <EOF>"]] },
    { source: "a #", issues: [[2, "Syntax error: token recognition error at: '#'"]] },
    {
      source: "#",
      issues: [
        [0, "Syntax error: token recognition error at: '#'"],
        [1, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "# # #",
      issues: [
        [0, "Syntax error: token recognition error at: '#'"],
        [2, "Syntax error: token recognition error at: '#'"],
        [4, "Syntax error: token recognition error at: '#'"],
        [5, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "a; b",
      issues: [
        [1, "Syntax error: token recognition error at: ';'"],
        [3, "Syntax error: extraneous input 'b' expecting <EOF>"],
      ],
    },
    {
      source: "a\\b",
      issues: [
        [1, "Syntax error: token recognition error at: '\\'"],
        [2, "Syntax error: extraneous input 'b' expecting <EOF>"],
      ],
    },
    {
      source: "a.b.c(",
      issues: [
        [
          6,
          "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
      ],
    },
    {
      source: "a ? : b",
      issues: [
        [4, `Syntax error: extraneous input ':' expecting ${START}`],
        [7, "Syntax error: mismatched input '<EOF>' expecting ':'"],
      ],
    },
    { source: "a || ", issues: [[5, `Syntax error: mismatched input '<EOF>' expecting ${START}`]] },
    { source: "|| a", issues: [[0, `Syntax error: extraneous input '||' expecting ${START}`]] },
    { source: "a !", issues: [[2, "Syntax error: extraneous input '!' expecting <EOF>"]] },
    { source: "! !", issues: [[3, `Syntax error: extraneous input '<EOF>' expecting ${START}`]] },
    {
      source: "- -",
      issues: [
        [3, "Syntax error: no viable alternative at input '-'"],
        [3, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    {
      source: "--",
      issues: [
        [2, "Syntax error: no viable alternative at input '-'"],
        [2, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
      ],
    },
    { source: "a..b", issues: [[2, "Syntax error: no viable alternative at input '..'"]] },
    { source: ".", issues: [[1, "Syntax error: no viable alternative at input '.'"]] },
    { source: "..", issues: [[1, "Syntax error: no viable alternative at input '..'"]] },
    { source: ",", issues: [[0, `Syntax error: mismatched input ',' expecting ${START}`]] },
    { source: "()", issues: [[1, `Syntax error: mismatched input ')' expecting ${START}`]] },
    {
      source: "a.?",
      issues: [
        [3, "Syntax error: mismatched input '<EOF>' expecting {IDENTIFIER, ESC_IDENTIFIER}"],
        [3, "unsupported ident kind"],
      ],
    },
    { source: "a[?]", issues: [[3, `Syntax error: mismatched input ']' expecting ${START}`]] },
    {
      source: "a.?(b)",
      issues: [
        [3, "Syntax error: extraneous input '(' expecting {IDENTIFIER, ESC_IDENTIFIER}"],
        [5, "Syntax error: extraneous input ')' expecting <EOF>"],
      ],
    },
    { source: "a.?b()", issues: [[4, "Syntax error: mismatched input '(' expecting <EOF>"]] },
    { source: "?a", issues: [[0, `Syntax error: extraneous input '?' expecting ${START}`]] },
    { source: "{?}", issues: [[2, `Syntax error: mismatched input '}' expecting ${START}`]] },
    { source: "a.b{c: 1}(d)", issues: [[9, "Syntax error: mismatched input '(' expecting <EOF>"]] },
  ])("$source", ({ source, issues }) => {
    expect(issuesOf(source)).toEqual(issues);
  });
});

describe("what the grammar lets pass and the language does not", () => {
  it.each([
    { source: "if", issues: [[0, "reserved identifier: if"]] },
    { source: "a && if", issues: [[5, "reserved identifier: if"]] },
    { source: "for(x)", issues: [[0, "reserved identifier: for"]] },
    { source: "package.b", issues: [[0, "reserved identifier: package"]] },
    { source: "a.`b`", issues: [[2, "unsupported syntax: '`'"]] },
    { source: "a.`b-c`", issues: [[2, "unsupported syntax: '`'"]] },
    { source: "M{`a`: 1}", issues: [[2, "unsupported syntax: '`'"]] },
    { source: "9223372036854775808", issues: [[0, "invalid int literal"]] },
    { source: "-9223372036854775809", issues: [[0, "invalid int literal"]] },
    { source: "0x8000000000000000", issues: [[0, "invalid int literal"]] },
    { source: "18446744073709551616u", issues: [[0, "invalid uint literal"]] },
    { source: "1e309", issues: [[0, "invalid double literal"]] },
    { source: "-1e309", issues: [[0, "invalid double literal"]] },
    { source: "'\\ud800'", issues: [[0, "invalid unicode code point"]] },
    { source: "'\\U00110000'", issues: [[0, "invalid unicode code point"]] },
    { source: "b'\\u00e9'", issues: [[0, "unable to unescape string"]] },
    { source: "b'\\U000000e9'", issues: [[0, "unable to unescape string"]] },
  ])("$source", ({ source, issues }) => {
    expect(issuesOf(source)).toEqual(issues);
  });
});

describe("macros with arguments they are not for", () => {
  it.each([
    { source: "has(a)", issues: [[4, "invalid argument to has() macro"]] },
    { source: "has(a[0])", issues: [[5, "invalid argument to has() macro"]] },
    { source: "a.all(1, x)", issues: [[6, "argument must be a simple name"]] },
    { source: "a.all(x.y, x)", issues: [[7, "argument must be a simple name"]] },
    { source: "a.map(1, x)", issues: [[6, "argument is not an identifier"]] },
    { source: "a.filter(x.y, x)", issues: [[10, "argument is not an identifier"]] },
    { source: "a.all(__result__, x)", issues: [[6, "iteration variable overwrites accumulator variable"]] },
    { source: "a.map(__result__, x)", issues: [[6, "iteration variable overwrites accumulator variable"]] },
    { source: "a.all(1, x, y)", issues: [[6, "argument must be a simple name"]] },
    { source: "a.all(x, 1, y)", issues: [[9, "argument must be a simple name"]] },
    { source: "a.all(x, x, y)", issues: [[9, "duplicate variable name: x"]] },
    { source: "a.all(__result__, x, y)", issues: [[6, "iteration variable overwrites accumulator variable"]] },
    { source: "a.exists(x, __result__, y)", issues: [[12, "iteration variable overwrites accumulator variable"]] },
    { source: "a.optMap(1, x)", issues: [[9, "optMap() variable name must be a simple identifier"]] },
    { source: "a.optFlatMap(x.y, x)", issues: [[14, "optFlatMap() variable name must be a simple identifier"]] },
    {
      source: "has(a) || a.all(1, x)",
      issues: [
        [4, "invalid argument to has() macro"],
        [16, "argument must be a simple name"],
      ],
    },
    {
      source: "[a.map(1, x),\n\ta.filter(1, x)]",
      issues: [
        [7, "argument is not an identifier"],
        [24, "argument is not an identifier"],
      ],
    },
    // A mistake in the arguments of a macro is told even after a syntax error.
    {
      source: "m.existsOne(,(,, ",
      issues: [
        [
          12,
          "Syntax error: extraneous input ',' expecting {'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
        ],
        [14, `Syntax error: mismatched input ',' expecting ${START}`],
        [15, `Syntax error: mismatched input ',' expecting ${START}`],
        [17, `Syntax error: mismatched input '<EOF>' expecting ${START}`],
        [14, "argument must be a simple name"],
      ],
    },
    {
      source: "has(..b)afilter(c, c)",
      issues: [
        [5, "Syntax error: no viable alternative at input '..'"],
        [-1, "invalid argument to has() macro"],
      ],
    },
  ])("$source", ({ source, issues }) => {
    expect(issuesOf(source)).toEqual(issues);
  });
});

describe("the syntax of optional values is refused where it is not on", () => {
  it.each([
    { source: "a.?b", issues: [[1, "unsupported syntax '.?'"]] },
    { source: "a[?b]", issues: [[1, "unsupported syntax '[?'"]] },
    {
      source: "[?a, ?b]",
      issues: [
        [1, "unsupported syntax '?'"],
        [5, "unsupported syntax '?'"],
      ],
    },
    { source: "{?a: b, c: d}", issues: [[1, "unsupported syntax '?'"]] },
    { source: "M{?a: b}", issues: [[2, "unsupported syntax '?'"]] },
  ])("$source", ({ source, issues }) => {
    expect(issuesOf(source, { optionals: false, twoVariables: true, sorting: true })).toEqual(issues);
  });
});
