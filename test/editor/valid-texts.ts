import fc from "fast-check";
import { stringify } from "yaml";

/** Texts that are valid, in the styles that people and programs write. */

const NAMES = ["apiVersion", "kind", "spec", "ports", "name", "a.b/c-d", "with space", "x"];
const name = fc.constantFrom(...NAMES);
const scalar = fc.oneof(
  fc.constantFrom("", "web", "two words", "a#b", "#c", "it's", 'say "hi"', "on", "80", "- x", "a: b", "line\nbreak\n"),
  fc.integer({ min: 0, max: 70000 }),
  fc.boolean(),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalar, tie("map"), tie("list")),
  map: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  list: fc.array(tie("value"), { maxLength: 3 }),
}));

const style = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom("any", "block", "flow"),
  defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
  lineWidth: fc.constantFrom(0, 30),
} as const);

const root = fc.dictionary(name, value, { minKeys: 1, maxKeys: 5 });

/** A text of one or two documents in YAML, or JSON. */
export const validText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(root, root, style, fc.boolean()).map(([first, second, options, isTwo]) => {
      const texts = isTwo ? [first, second] : [first];
      return texts.map((one) => stringify(one, options)).join("--- # next\n");
    }),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(root, fc.constantFrom(0, 2)).map(([one, indent]) => JSON.stringify(one, null, indent)),
  },
);
