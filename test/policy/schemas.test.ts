import { expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { RULES } from "#src/policy/rules/registry.ts";
import { DOCUMENT } from "#src/policy/schema/document.ts";
import { configSchema } from "#src/serve/config/schema.ts";

// The program does not look: that takes longer than to compile them.
it.each([
  { name: "a policy", schema: DOCUMENT.schema },
  { name: "a configuration", schema: configSchema() },
  ...RULES.map(({ id, parameters }) => ({ name: `the parameters of ${id}`, schema: parameters })),
])("the schema of schemas accepts that of $name", ({ schema }) => {
  expect(new Ajv().validateSchema(schema)).toBe(true);
});
