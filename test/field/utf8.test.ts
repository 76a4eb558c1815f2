import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareByUtf8, utf8Length } from "#src/field/utf8.ts";
import { readText } from "#src/text/read.ts";

/** Texts of any units, surrogates without their other half among them, shorter and longer than what is counted at once. */
const text = fc
  .tuple(fc.array(fc.constantFrom("a", "\0", "é", "日", "😀", "\ud83d", "\ude00", "\ufffd", "\uffff")), fc.nat(1500))
  .map(([units, times]) => units.join("").repeat(times % 7 === 0 ? times : 1));

it("the length in UTF-8 is the one that Node counts", () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(utf8Length(one)).toBe(Buffer.byteLength(one));
    }),
  );
  for (const units of [5459, 5460, 5461, 10_921])
    expect(utf8Length("a".repeat(units) + "😀".repeat(9000))).toBe(units + 36_000);
});

it("texts are in the order of their bytes in UTF-8", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareByUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

it("what YAML has in base64 is read as Node reads it, bytes that are no UTF-8 among them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const packed = Buffer.from(bytes);
      const [document] = readText(`!!binary "${packed.toString("base64")}"`, { format: "yaml" }).documents;
      expect(document?.value).toBe(packed.toString("utf8"));
    }),
    {
      examples: [
        [Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)],
        [Uint8Array.of(0xf0, 0x9f, 0x98)],
        [Uint8Array.of(0xc0, 0x80)],
      ],
    },
  );
});
