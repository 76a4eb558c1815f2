import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import fc from "fast-check";
import { isObject, type JsonObject } from "#src/field/index.ts";
import { CHECKER_OPTIONS } from "#src/policy/schema/checker-options.ts";
import { VALID_BY_FORMAT } from "#src/policy/schema/formats.ts";
import { jsonSchema, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { isService } from "#src/service/schema/structure.ts";
import { SHAPES } from "#scripts/precompile.ts";
import { schemaErrors } from "#playground/schema/schema-check.ts";
import { isService as isServiceInPage } from "#playground/schema/structure.ts";

const ajv = new Ajv({ ...CHECKER_OPTIONS, formats: VALID_BY_FORMAT });

const anything = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    "a",
    "a/b",
    "80.0",
    "10.0.0.0/8",
    "x".repeat(2000),
    null,
    true,
    0,
    -1,
    1.5,
    70_000,
    Number.NaN,
  ),
  fc.constantFrom<unknown>([], {}, ["a", 1], { a: 1 }, { "a/b~c": [] }),
);

/** Values that fit the schema here and there, so that checks reach its depths. */
function valuesFor(schema: unknown): fc.Arbitrary<unknown> {
  if (!isObject(schema)) return anything;
  const { properties, items, enum: values, additionalProperties } = schema;
  const fitting = isObject(properties)
    ? fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fc.memo(() => valuesFor(one))(2)])),
        { requiredKeys: [] },
      )
    : items !== undefined
      ? fc.array(valuesFor(items), { maxLength: 2 })
      : Array.isArray(values)
        ? fc.constantFrom(...values.map((one: unknown) => one))
        : isObject(additionalProperties)
          ? fc.dictionary(fc.constantFrom("a", "b/c"), valuesFor(additionalProperties), { maxKeys: 2 })
          : anything;
  const strange = fc
    .tuple(fitting, fc.constantFrom("strange", "a/b"))
    .map(([value, name]) => (isObject(value) ? { ...value, [name]: 1 } : value));
  return fc.oneof(
    { weight: 6, arbitrary: fitting },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: anything },
  );
}

const SCHEMAS = Object.entries(SHAPES).filter(([, schema]) => isObject(schema));

describe("the check of schemas in the page", () => {
  it.each(SCHEMAS)("says of values for %s what ajv says, and fills in the same", (_name, schema) => {
    const validate = ajv.compile(schema);
    fc.assert(
      fc.property(valuesFor(schema), (value) => {
        const [ours, ajvs] = [structuredClone(value), structuredClone(value)];
        validate(ajvs);
        const said = (validate.errors ?? []).map(({ keyword, instancePath, params }) => ({
          keyword,
          instancePath,
          params,
        }));
        const errors = schemaErrors(ours, own(schema), VALID_BY_FORMAT);
        expect(errors.map(({ keyword, instancePath, params }) => ({ keyword, instancePath, params }))).toEqual(said);
        expect(ours).toEqual(ajvs);
      }),
      { numRuns: 25, seed: 17 },
    );
  });

  it("knows the same values as Services", () => {
    fc.assert(
      fc.property(valuesFor(jsonSchema(SERVICE_SCHEMA)), (value) => {
        expect(isServiceInPage(value)).toBe(isService(value));
      }),
      { numRuns: 200, seed: 17 },
    );
  });
});

function own(schema: object): JsonObject {
  return isObject(schema) ? schema : {};
}
