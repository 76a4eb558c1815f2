import { Ajv, type ValidateFunction } from "ajv";
import { CHECKER_OPTIONS } from "./checker-options.ts";
import { VALID_BY_FORMAT } from "./formats.ts";
import type { JsonSchema } from "./shape.ts";

const ajv = new Ajv({ ...CHECKER_OPTIONS, formats: VALID_BY_FORMAT });

/**
 * Compiles a schema. The build replaces this file by one that has compiled all of them before, by their names
 * (scripts/precompile.ts): compiling takes as long as the rest of a start, and needs ajv.
 */
export function compileSchema<T>(_name: string, schema: JsonSchema): ValidateFunction<T> {
  return ajv.compile<T>(schema);
}
