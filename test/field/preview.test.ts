import { describe, expect, it, test } from "@jest/globals";
import { truncatedJson } from "#src/field/truncate.ts";

function nested(levels: number): unknown {
  let value: unknown = [];
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { a: value } : [value];
  return value;
}

describe("the JSON text of a value within a length", () => {
  it.each<{ rule: string; value: unknown }>([
    { rule: "a text", value: "abc" },
    { rule: "a text with escapes", value: '"\n\u{1f600}'.repeat(9) },
    { rule: "a list", value: [1, "a", null, undefined, true, [[]], {}] },
    { rule: "an object", value: { a: 1, b: undefined, c: { d: ["e"] }, ["__proto__x"]: 2 } },
    { rule: "no number that JSON has", value: [Number.NaN, Number.POSITIVE_INFINITY] },
    { rule: "null", value: null },
    { rule: "much", value: Array.from({ length: 1000 }, (_, i) => ({ [`k${i}`]: "v".repeat(i) })) },
  ])("is the start of what JSON.stringify says: $rule", ({ value }) => {
    const whole = JSON.stringify(value);
    for (let length = 0; length < 60; length++) {
      const want = whole.length > length ? `${whole.slice(0, length)}...` : whole;
      expect(truncatedJson(value, length)).toBe(want);
    }
  });

  test.each([5000, 100_000])("is there however deep the value is: %i levels", (levels) => {
    expect(truncatedJson(nested(levels), 8)).toHaveLength(8 + "...".length);
  });
});
