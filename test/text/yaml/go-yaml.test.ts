import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { readText } from "#src/text/read.ts";

function first(text: string) {
  const [document] = readText(text, { format: "yaml" }).documents;
  return document;
}

/** Each row was put to go-yaml v2 itself. */
describe("go-yaml reads", () => {
  it.each<[string, unknown]>([
    ["{k: -}", { k: "-" }],
    ["{k: <<:}", { k: "<<:" }],
    ['a: "web"#x\n', { a: "web" }],
    ["a: {#x\n b: 1}\n", { a: { b: 1 } }],
    ['a: "x\ny"\n', { a: "x y" }],
    ["a: [\nb\n]\n", { a: ["b"] }],
    ["a: 'x\n\n y'\n", { a: "x\ny" }],
    ["a: x\u2028b: v\u0085c: z\n", { a: "x", b: "v", c: "z" }],
    ['"x"\ny: z\n', "x"],
    ["a: 1\n...\nb: 2\n", { a: 1 }],
    ["? a\n: b\n? c\n", { a: "b", c: null }],
    ["a:\n- 1\n- 2\nb: 3\n", { a: [1, 2], b: 3 }],
    ["[a: b, ? c, {d}]", [{ a: "b" }, { c: null }, { d: null }]],
    ["a: |2-\n   x\n  y\n", { a: " x\ny" }],
    ["a: >+\n  x\n  y\n\n   z\n\n", { a: "x y\n\n z\n\n" }],
    ['a: "x \\\n   y\\x41\\u00e9"\n', { a: "x yAé" }],
    ["%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n", "1"],
  ])("%j", (text, value) => {
    expect(first(text)?.problems).toEqual([]);
    expect(first(text)?.value).toEqual(value);
  });

  it("keys of up to 1024 characters, whatever they take in UTF-16", () => {
    expect(first(`${"𝄞".repeat(1023)}: 1\n`)?.problems).toEqual([]);
    expect(first(`a: b\n${"𝄞".repeat(1025)}: 1\n`)?.problems[0]?.code).toBe("syntax");
  });
});

describe("go-yaml refuses, and the place is where a person has to look", () => {
  it.each([
    { text: "{k: !!str}", at: [1, 10], says: "a blank must follow a tag" },
    { text: "{metadata:{name: web}}", at: [1, 10], says: "a blank is missing after the colon" },
    { text: "a: b\nname:web\nc: d\n", at: [2, 1], says: "a blank is missing after the colon: `name: web`" },
    { text: 'k:\n  "a": 1\n  "b"\n  : 2\n', at: [3, 3], says: "no colon follows the key" },
    { text: "a: &a.b c\n", at: [1, 6], says: "the name of an anchor" },
    { text: "&a  ? key\n: b\n", at: [1, 5], says: "cannot start with `? `" },
    { text: "--- a: b\n", at: [1, 6], says: "a second `key: value`" },
    { text: 'a: 1\nb: "x\nc: d\n', at: [2, 4], says: "never closed" },
    { text: "a: 1\nb: [x,\nc: d\n", at: [2, 4], says: "never closed" },
    { text: "a: [x]]\n", at: [1, 7], says: "belongs to no opening bracket" },
    { text: "a: b: c\n", at: [1, 5], says: "a second `key: value`" },
    { text: "a:\n  b: 1\n c: 2\n", at: [3, 2], says: "not indented like" },
    { text: "a: @b\n", at: [1, 4], says: "cannot start with `@`" },
    { text: 'a: "\\q"\n', at: [1, 5], says: "is not a valid escape" },
    { text: "a: |0\n x\n", at: [1, 5], says: "indented by 0" },
    { text: "a: 'b' c\n", at: [1, 8], says: "text follows a closing quote" },
    {
      text: "a: {B}.16\n",
      at: [1, 7],
      says: "text follows a closing `}`: a value that starts with `{` must be in quotes",
    },
    { text: "a: [B C]/x\n", at: [1, 9], says: "text follows a closing `]`" },
    { text: "--\na: b\n", at: [2, 2], says: "three hyphens" },
    { text: "a: *b\n", at: [1, 4], says: "has no anchor" },
    { text: "%YAML 1.2\n---\na: 1\n", at: [1, 1], says: "YAML 1.1 only" },
  ])("$text", ({ text, at, says }) => {
    const [problem] = first(text)?.problems ?? [];
    expect(problem?.message).toContain(says);
    expect([problem?.region.startLine, problem?.region.startColumn]).toEqual(at);
  });
});

describe("kubectl splits a file before it reads it", () => {
  const values = (text: string) =>
    readText(text, { format: "auto" }).documents.map(({ value, problems }) => problems[0]?.message ?? value);
  it.each<[string, unknown]>([
    ["a: 1\n--- # x\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["a: 1\n---\u00a0\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["---\n---\na: 1\n", [null, { a: 1 }]],
    ["a: 1\n...\n---\nb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["a: 1\n...\nb: 2\n", [{ a: 1 }]],
    ["a: 1\n---\n\ufeffb: 2\n", [{ a: 1 }, { b: 2 }]],
    ["a: 1\n--- {b: 2}\n---\nc: 3\n", [expect.stringContaining("nothing but a comment may follow `---`"), { c: 3 }]],
    ["a: |\n  x\n---y\n", [expect.stringContaining("nothing but a comment")]],
    ['{"a": 1}\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['{"a": 1,}\n', [{ a: 1 }]],
    ['{"a": 1}\n{"b": 2}\n{c: 3}\n', [{ a: 1 }, { b: 2 }, expect.stringContaining("not valid JSON")]],
    // It ends the last line.
    ["a: |\n  x", [{ a: "x\n" }]],
    ["a: |+\n  x\n  ", [{ a: "x\n\n" }]],
    ["a: >\n  x\n---\nb: |-\n  y", [{ a: "x\n" }, { b: "y" }]],
    ['{"a": 1}\n# c', [{ a: 1 }]],
    // kubectl looks for YAML only where four bytes are left.
    ['{"a": 1}\n#\n', [{ a: 1 }, expect.stringContaining("not valid JSON")]],
    ['{"a": 1}  b: ', [{ a: 1 }, expect.stringContaining("not valid JSON")]],
    ['{"a": 1}\nb: ', [{ a: 1 }, { b: null }]],
    ['{"a": 1}  é: ', [{ a: 1 }, { é: null }]],
    ["{a}", [expect.stringContaining("not valid JSON")]],
    ["{a }", [{ a: null }]],
    ['{"a": 1} \ufffd: 2', [{ a: 1 }, expect.stringContaining("not valid JSON")]],
    ['\u2003{"a": 1} \u3000 \n{"b": 2}', [{ a: 1 }]],
    // It looks for the brace of JSON in the first 4096 bytes.
    [`${" ".repeat(4095)}{"a": 1}{"b": 2}`, [{ a: 1 }, { b: 2 }]],
    [`${" ".repeat(4096)}{"a": 1}{"b": 2}`, [{ a: 1 }]],
  ])("%j", (text, want) => {
    expect(values(text)).toEqual(want);
  });
});

/** Texts of the signs that YAML has a use for. */
const text = fc.string({ unit: fc.constantFrom(...Array.from("ab :#-?'\"[]{},\n\\|>&*!%@é")), maxLength: 12 });
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.constant(null), tie("list"), tie("map")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  map: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
}));

it("what the yaml library writes is read as the same value", () => {
  fc.assert(
    fc.property(value, fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL"), (written, style) => {
      const yaml = stringify({ written }, { version: "1.1", defaultStringType: style, lineWidth: 40 });
      const document = first(yaml);
      expect([yaml, document?.problems, document?.value]).toEqual([yaml, [], { written }]);
    }),
  );
});
