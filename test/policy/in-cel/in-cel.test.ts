import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compile } from "#src/cel/environment/compile.ts";
import { environmentFor } from "#src/cel/environment/environment.ts";
import { DYN } from "#src/cel/types/type.ts";
import { fromJson } from "#src/cel/values/from-json.ts";
import { toJson } from "#src/cel/values/to-json.ts";
import { CelError } from "#src/cel/values/value.ts";
import { isInRanges } from "#src/policy/in-cel/addresses.ts";
import { literal, quoted } from "#src/policy/in-cel/literals.ts";
import { and, choose, not, or } from "#src/policy/in-cel/logic.ts";
import { matchesGlobsWithExclusions, selects } from "#src/policy/in-cel/names.ts";
import { fillTemplate } from "#src/policy/in-cel/template.ts";
import { compileGlobsWithExclusions } from "#src/policy/match/glob.ts";
import { compileSelector } from "#src/inventory/model/selects.ts";

const ENVIRONMENT = environmentFor(36, { variables: new Map([["x", DYN]]), types: new Map() });
const RUNS = { seed: 20261127, numRuns: 500 } as const;

/** What an expression gives, as JSON. @throws Error if it is not valid or fails */
function evaluate(expression: string, x: unknown = null): unknown {
  const compiled = compile(expression, ENVIRONMENT);
  if ("problem" in compiled) throw new Error(compiled.problem);
  const result = compiled.program.evaluate((name) => (name === "x" ? fromJson(x) : undefined), { cost: 0 });
  const json = result instanceof CelError ? result : toJson(result);
  if (json instanceof CelError) throw new Error(json.message);
  return json.json;
}

describe("literals", () => {
  it("are the texts that they are made of, whatever these hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(evaluate(quoted(text))).toBe(text.toWellFormed());
      }),
      RUNS,
    );
  });

  it.each([
    { value: { a: [1, "x", null, true], b: { c: 1.5, "it's": '\\"' } } },
    { value: [[], {}] },
    { value: -3 },
    { value: null },
  ])("are the JSON that they are made of: $value", ({ value }) => {
    expect(evaluate(literal(value))).toEqual(value);
  });
});

const glob = fc.string({
  unit: fc.constantFrom("a", "b", "-", ".", "*", "?", "[", "\\", "$"),
  minLength: 1,
  maxLength: 6,
});
const name = fc.string({ unit: fc.constantFrom("a", "b", "-", ".", "\n", "[", "\\", "$"), maxLength: 6 });

it("globs match what they match in policies", () => {
  const globs = fc.array(
    fc.oneof(
      glob,
      glob.map((one) => `!${one}`),
    ),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(globs, name, (all, text) => {
      expect(evaluate(matchesGlobsWithExclusions("x", all), text)).toBe(compileGlobsWithExclusions(all)(text));
    }),
    RUNS,
  );
});

it("selectors select what they select in policies", () => {
  const key = fc.constantFrom("a", "example.com/b");
  const value = fc.constantFrom("", "1", "2");
  const selector = fc.record(
    {
      matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
      matchExpressions: fc.array(
        fc.record({
          key,
          operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
          values: fc.array(value, { minLength: 1, maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(selector, fc.dictionary(key, value, { maxKeys: 2 }), (one, labels) => {
      expect(evaluate(selects("x", one), labels)).toBe(compileSelector(one)(labels));
    }),
    RUNS,
  );
});

it.each([
  { made: and("true", "a"), text: "a" },
  { made: and("a", "false"), text: "false" },
  { made: and("a || b", "c", "d && e"), text: "(a || b) && c && d && e" },
  { made: or("a && b", "c"), text: "(a && b) || c" },
  { made: or("a", "true"), text: "true" },
  { made: or(), text: "false" },
  { made: not("a.b(c == d)"), text: "!a.b(c == d)" },
  { made: not("a == b"), text: "!(a == b)" },
  { made: not("!a"), text: "a" },
  { made: not(not("true")), text: "true" },
  { made: and('a == " || "', "b"), text: 'a == " || " && b' },
  { made: choose("a || b", "c", "d"), text: "(a || b) ? c : d" },
])("conditions are joined as $text", ({ made, text }) => {
  expect(made).toBe(text);
});

it.each([
  { address: "10.1.2.3", ranges: ["10.0.0.0/8"], want: true },
  { address: "010.001.2.3", ranges: ["10.0.0.0/8"], want: true },
  { address: "::ffff:10.1.2.3", ranges: ["10.0.0.0/8"], want: true },
  { address: "10.1.2.3", ranges: ["010.1.0.1/16"], want: true },
  { address: "10.1.2.3", ranges: ["::ffff:10.0.0.0/104"], want: true },
  { address: "11.1.2.3", ranges: ["10.0.0.0/8", "fd00::/8"], want: false },
  { address: "FD00::1", ranges: ["10.0.0.0/8", "fd00::/8"], want: true },
  { address: "x", ranges: ["0.0.0.0/0", "::/0"], want: false },
  { address: "10.1.2.3", ranges: [], want: false },
])("$address is in $ranges: $want", ({ address, ranges, want }) => {
  expect(evaluate(isInRanges("x", ranges), address)).toBe(want);
});

it.each([
  { template: "a {b} {c}", facts: { b: "x\ny", c: 3 }, want: { text: "a x y 3" } },
  { template: "a {b}", facts: {}, want: { text: "a (none)" } },
  { template: "{b}: {c}", facts: { b: "{c}", c: { cel: "x" } }, want: { expression: '"{c}: " + x' } },
])("the template $template with $facts becomes $want", ({ template, facts, want }) => {
  expect(fillTemplate(template, facts)).toEqual(want);
});
