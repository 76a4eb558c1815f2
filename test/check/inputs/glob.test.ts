import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGlob } from "#src/check/inputs/glob.ts";

it("takes a path of many folders in a moment, however many folders the glob leaves open", () => {
  const path = `/work${"/a".repeat(100)}`;
  const taken = ["a", "b"].map((name) => compileGlob(`${"**/".repeat(50)}${name}`, "/work").test(path));
  expect(taken).toEqual([true, false]);
});

it("takes the name that it is, where its characters are escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
      const name = text.replaceAll(/[/\0]/g, "-");
      fc.pre(name !== "." && name !== "..");
      const glob = name.replaceAll(/[*?[\]{}\\]/g, "\\$&");
      expect(compileGlob(glob, "/work").test(`/work/${name}`)).toBe(true);
    }),
  );
});

it("is a glob whatever is written", () => {
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
