import { describe, expect, it } from "@jest/globals";
import { isPrintable, toLower, trimSpace } from "#src/field/go-text.ts";

/** The code points for which Go's `unicode.IsSpace` holds: its table White_Space. */
const GO_SPACES = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
];

describe("text as Go treats it", () => {
  it("is trimmed of what Go counts as white space, and of nothing else", () => {
    const trimmed: number[] = [];
    for (let code = 0; code <= 0xffff; code++)
      if (trimSpace(`${String.fromCharCode(code)}a`) === "a") trimmed.push(code);
    expect(trimmed).toEqual(GO_SPACES);
  });

  it.each([
    ["", ""],
    [" \t a b \u0085\n", "a b"],
    ["a\ufeff", "a\ufeff"],
    ["\u0085", ""],
  ])("%j is trimmed to %j", (text, want) => {
    expect(trimSpace(text)).toBe(want);
  });

  it("is trimmed in linear time, however much white space stands inside", () => {
    const text = `a${" ".repeat(1_000_000)}b`;
    // A search for white space up to the end, begun anew at each character, would take minutes.
    expect(trimSpace(`${text}\n`)).toBe(text);
  });

  it.each([
    ["ABC", "abc"],
    ["\u0130x", "ix"],
    ["\u212a", "k"],
  ])("%j in lower case is %j", (text, want) => {
    expect(toLower(text)).toBe(want);
  });

  it.each([
    ["kubectl edit", true],
    ["é—$", true],
    ["a\tb", false],
    ["a\u00a0b", false],
    ["a\u200bb", false],
    ["\u0000", false],
  ])("%j is printable: %s", (text, want) => {
    expect(isPrintable(text)).toBe(want);
  });
});
