import { isObject } from "#src/field/index.ts";
import { jsonSchema, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { FORMATS } from "#src/service/schema/structure-options.ts";
import { schemaErrors } from "./schema-check.ts";

const schema: unknown = jsonSchema(SERVICE_SCHEMA);
const formats = { "date-time": FORMATS["date-time"].validate };

/** Stands for the function of this name in `src/service/schema/structure.ts`. */
export function isService(value: unknown): boolean {
  return isObject(schema) && schemaErrors(value, schema, formats).length === 0;
}
