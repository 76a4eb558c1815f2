import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { parseAllDocuments } from "yaml";
import { ROOT } from "#test/paths.ts";

const POLICIES = join(ROOT, "policies");

/** The published schema that editors check such files by. */
function validatorOf(schema: string) {
  const text = readFileSync(join(ROOT, "schemas", `${schema}.schema.json`), "utf8");
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new Error(`${schema} is not a schema`);
  return new Ajv({ allErrors: true, allowUnionTypes: true, validateFormats: false }).compile(parsed);
}

describe.each([
  { schema: "policy-test", isOne: (name: string) => name.endsWith(".test.yaml") },
  { schema: "service-policy", isOne: (name: string) => /^[^.]*\.yaml$/.test(name) },
])("schemas/$schema.schema.json", ({ schema, isOne }) => {
  const validate = validatorOf(schema);

  it.each(readdirSync(POLICIES, { recursive: true, encoding: "utf8" }).filter(isOne))("accepts %s", (file) => {
    for (const document of parseAllDocuments(readFileSync(join(POLICIES, file), "utf8"), {
      version: "1.1",
      merge: true,
    })) {
      validate(document.toJS());
      expect(validate.errors).toBeNull();
    }
  });
});

it.each([
  { name: "an unknown field", change: { casez: [] } },
  { name: "a rule that is no name", change: { cases: [{ name: "a", expect: { findings: [{ rule: 1 }] } }] } },
  { name: "an unknown cluster profile", change: { cases: [{ name: "a", request: { cluster: "x" }, expect: {} }] } },
])("the schema of tests refuses $name", ({ change }) => {
  expect(validatorOf("policy-test")({ policies: ["baseline"], cases: [{ name: "a", expect: {} }], ...change })).toBe(
    false,
  );
});
