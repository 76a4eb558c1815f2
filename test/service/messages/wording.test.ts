import { describe as suite, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { describe } from "#src/service/findings/describe.ts";
import { type Code, MESSAGES } from "#src/service/messages/messages.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";
import { jsonSchema, type SchemaNode, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { EXAMPLES } from "../examples.ts";

const CODES = Object.keys(MESSAGES).filter((code): code is Code => Object.hasOwn(MESSAGES, code));

suite("what is said", () => {
  it("reads as a person would want to read it", () => {
    const said = CODES.map((code) => {
      const { field, reason, message, fix } = describe({ code, ...EXAMPLES[code] });
      return [
        `${code}: ${reason ?? "no cause"} at ${field}`,
        `  ${message}`,
        ...(fix === undefined ? [] : [`  fix: ${fix}`]),
      ].join("\n");
    });
    expect(said.join("\n\n")).toMatchSnapshot();
  });

  it.each(CODES)("%s says what was found, in one sentence without a trailing stop", (code) => {
    const { message, fix } = describe({ code, ...EXAMPLES[code] });
    expect(message).not.toMatch(/undefined|null|\[object|\.$|^\s|\s$/);
    expect(fix ?? "").not.toMatch(/undefined|null|\[object|\.$/);
    expect(MESSAGES[code].title).toMatch(/^\S.*[^.]$/);
  });

  it("cuts long values", () => {
    const { message } = describe({ code: "ip-format", path: EXAMPLES["ip-format"].path, found: "x".repeat(5000) });
    expect(message.length).toBeLessThan(300);
  });
});

suite("the reference of fields", () => {
  it("explains every field that there is, and no other", () => {
    expect(Object.keys(FIELD_HELP).sort()).toEqual(
      fieldsOf(SERVICE_SCHEMA, "")
        .filter((field) => !field.startsWith("metadata.managedFields[]"))
        .sort(),
    );
  });

  it("names every rule of the server somewhere", () => {
    const named = new Set(
      Object.values(FIELD_HELP).flatMap(({ rules = [], warnings = [] }) => [...rules, ...warnings]),
    );
    const unnamed = CODES.filter((code) => !named.has(code));
    // These are about any field, or about the object as a whole.
    expect(unnamed).toEqual(["unknown-field", "duplicate-field", "body-too-large", "object-too-large"]);
  });
});

/** The paths of all fields below a node, objects included, lists as their items. */
function fieldsOf(node: SchemaNode, path: string): string[] {
  if (node.type === "list") return fieldsOf(node.items, `${path}[]`).filter((field) => field !== `${path}[]`);
  if (node.type !== "object") return [];
  return Object.entries(node.fields).flatMap(([name, field]) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [at, ...fieldsOf(field, at)];
  });
}

suite("the schema", () => {
  it("is one that the schema of schemas accepts", () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, formats: { "date-time": true } });
    expect(ajv.validateSchema(jsonSchema(SERVICE_SCHEMA))).toBe(true);
  });
});
