import { describe, expect, it } from "@jest/globals";
import { goQuote } from "#src/field/go-quote.ts";

describe("a text in quotes as Go prints it", () => {
  it.each([
    ["", '""'],
    ['a "b" \\c', '"a \\"b\\" \\\\c"'],
    ["\u0007\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'],
    ["\0\x7f\x1b", '"\\x00\\x7f\\x1b"'],
    ["\u00e9 \u{1f431}", '"\u00e9 \u{1f431}"'],
    ["\u00a0\u2028\u{e0001}", '"\\u00a0\\u2028\\U000e0001"'],
    ["a\udcffb", '"a\\xffb"'],
    ["\ud800", '"\ufffd"'],
  ])("%j is %s", (text, want) => {
    expect(goQuote(text)).toBe(want);
  });
});
