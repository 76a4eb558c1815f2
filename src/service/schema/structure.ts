import { Ajv } from "ajv";
import { jsonSchema, SERVICE_SCHEMA } from "./schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "./structure-options.ts";
import type { Service } from "./types.ts";

const ajv = new Ajv({ ...STRUCTURE_OPTIONS, formats: FORMATS });

/**
 * Whether a value in the API server's own form has the structure of a Service. The build replaces this file by the
 * compiled function (scripts/precompile.ts), so that nothing is compiled at the start and ajv is not loaded.
 */
export const isService: (value: unknown) => value is Service = ajv.compile<Service>(jsonSchema(SERVICE_SCHEMA));
