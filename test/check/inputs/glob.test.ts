import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGlob } from "#src/check/inputs/glob.ts";

it("matches a path of many folders fast, however many ** the glob has", () => {
  const path = `/work${"/a".repeat(100)}`;
  const taken = ["a", "b"].map((name) => compileGlob(`${"**/".repeat(50)}${name}`, "/work").test(path));
  expect(taken).toEqual([true, false]);
});

it("matches exactly the escaped name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
      const name = text.replaceAll(/[/\0]/g, "-");
      fc.pre(name !== "." && name !== "..");
      const glob = name.replaceAll(/[*?[\]{}\\]/g, "\\$&");
      expect(compileGlob(glob, "/work").test(`/work/${name}`)).toBe(true);
    }),
  );
});

it("accepts every text", () => {
  expect(compileGlob("[\u{1f600}-\uffff]", "/work").test("/work/a")).toBe(false);
  const piece = fc.constantFrom(
    "*",
    "**/",
    "[",
    "!",
    "]",
    "a",
    "z",
    "-",
    "{",
    "}",
    ",",
    "\\",
    "^",
    ":",
    "&&",
    "(",
    "\u{1f600}",
    "\uffff",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(typeof compileGlob(pieces.join(""), "/work").test("/work/a")).toBe("boolean");
    }),
    { numRuns: 2000 },
  );
});
