import { expect, test } from "@jest/globals";
import { Ajv, type ErrorObject } from "ajv";
import fc from "fast-check";
import { NumberText } from "#src/field/json.ts";
import { addStructureProblems } from "#src/service/decode/structure-findings.ts";
import { Findings } from "#src/service/findings/findings.ts";
import { jsonSchema, type SchemaNode, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "#src/service/schema/structure-options.ts";

const ajv = new Ajv({ ...STRUCTURE_OPTIONS, allErrors: true, formats: FORMATS });
const validate = ajv.compile(jsonSchema(SERVICE_SCHEMA));

// The normal form has no such number in the place of an object.
const oddObject = fc.constantFrom(null, true, 1, 0.5, "", "x", [], [1]);
const odd = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(null, true, 1, 0.5, 3e9, 3e9 + 0.5, -3e9, "", "x", [], {}, [1], { a: 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(new NumberText("1e400"), "2026-01-01T00:00:00Z", Number.POSITIVE_INFINITY) },
);

function valueOf(node: SchemaNode): fc.Arbitrary<unknown> {
  switch (node.type) {
    case "list":
      return fc.oneof({ weight: 4, arbitrary: fc.array(valueOf(node.items), { maxLength: 3 }) }, odd);
    case "map":
      return fc.oneof({ weight: 4, arbitrary: fc.dictionary(fc.constantFrom("a", "b/c", "d~e"), odd) }, oddObject);
    case "object": {
      const fields = Object.fromEntries(Object.entries(node.fields).map(([name, field]) => [name, valueOf(field)]));
      return fc.oneof({ weight: 9, arbitrary: fc.record(fields, { requiredKeys: [] }) }, oddObject);
    }
    default:
      return odd;
  }
}

const CODES: Readonly<Record<string, string>> = { type: "wrong-type", format: "wrong-time" };

function said({ keyword, instancePath }: ErrorObject): string {
  return `${CODES[keyword] ?? "not-int32"} ${instancePath}`;
}

test("what is wrong is what the schema says that is wrong, in its order", () => {
  fc.assert(
    fc.property(valueOf(SERVICE_SCHEMA), (value) => {
      validate(value);
      const problems = new Findings();
      addStructureProblems(value, problems);
      const want = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(said);
      expect(problems.all.map(({ code, path }) => `${code} ${path.toPointer()}`)).toEqual(want);
    }),
    { numRuns: 2000 },
  );
});
