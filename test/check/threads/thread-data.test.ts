import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromPlainData, toPlainData } from "#src/check/threads/thread-data.ts";
import { NumberText } from "#src/field/json.ts";

const MARK = "\u0000number";

/** Values with numbers that JSON cannot hold, under any keys, including the key that marks such a number in a message. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(null, true, 1, "1", MARK, new NumberText("1e400")),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", MARK, "__proto__", "text"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe("a value sent from one thread to another", () => {
  it("arrives unchanged", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(fromPlainData(structuredClone(toPlainData(value)))).toStrictEqual(value);
      }),
    );
  });
});
