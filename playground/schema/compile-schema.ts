import type { JsonObject } from "#src/field/index.ts";
import { VALID_BY_FORMAT } from "#src/policy/schema/formats.ts";
import { type SchemaError, schemaErrors } from "./schema-check.ts";

/** What stands in the page for a function that ajv has compiled. */
interface Validate {
  (value: unknown): boolean;
  errors?: readonly SchemaError[];
}

/** Stands for the function of this name in `src/policy/schema/compile-schema.ts`. */
export function compileSchema(_name: string, schema: JsonObject): Validate {
  const validate: Validate = (value) => {
    validate.errors = schemaErrors(value, schema, VALID_BY_FORMAT);
    return validate.errors.length === 0;
  };
  return validate;
}
