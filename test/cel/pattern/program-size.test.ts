import { describe, expect, it } from "@jest/globals";
import { RE2JS } from "re2js";
import { programSize } from "#src/cel/pattern/program-size.ts";

describe("the size of a pattern", () => {
  it.each([
    "abc",
    "^[a-z]([-a-z0-9]*[a-z0-9])?$",
    "(a|b)*c",
    "a{100}",
    "(a{10}){10}",
    "((a{10}){10}b){10}",
    "(?:[a-z0-9]{0,61}\\.){0,10}x",
    "\\d{3}-\\d{4}",
    "[[:alpha:]]{50}",
    "[]a]{20}",
    "\\pL{30}",
    "\\Qa.b\\E",
    "a{5,}",
  ])("of %s is about the one that it has compiled", (pattern) => {
    const compiled = RE2JS.compile(pattern).programSize();
    expect(programSize(pattern)).toBeGreaterThan(compiled / 2 - 3);
    expect(programSize(pattern)).toBeLessThan(compiled * 3 + 3);
  });

  it.each(["(", "a{", ")", "[", "\\", "{3}", "(a{1000}){1000}"])(
    "is told of %s, too, which is no pattern",
    (pattern) => {
      expect(programSize(pattern)).toBeGreaterThanOrEqual(0);
    },
  );
});
