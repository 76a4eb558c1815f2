import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { wrapText } from "#src/field/wrap.ts";

describe("wrapText", () => {
  it.each([
    { name: "a text that fits", text: "a b c", width: 5, lines: ["a b c"] },
    { name: "one that does not", text: "a b c", width: 4, lines: ["a b", "c"] },
    { name: "a long word", text: "a bcdefg h", width: 4, lines: ["a", "bcdefg", "h"] },
    { name: "no text", text: "", width: 4, lines: [""] },
  ])("$name", ({ text, width, lines }) => {
    expect(wrapText(text, width)).toEqual(lines);
  });

  it("indents the first line and the others", () => {
    expect(wrapText("a b c d", 6, "  - ", "    ")).toEqual(["  - a", "    b", "    c", "    d"]);
  });

  it("loses no word, and is only too wide for single words", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), fc.integer({ min: 1, max: 30 }), (words, width) => {
        const lines = wrapText(words.join(" "), width);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
      }),
    );
  });
});
