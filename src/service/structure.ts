import { Ajv } from "ajv";
import { jsonSchema, SERVICE } from "./schema.ts";
import { FORMATS, STRUCTURE_OPTIONS } from "./structure-options.ts";
import type { Service } from "./types.ts";

const ajv = new Ajv({ ...STRUCTURE_OPTIONS, formats: FORMATS });

/**
 * Whether a value in the API server's own form has the structure of a Service. The build puts the function that is
 * compiled here in the place of this file (scripts/precompile.ts): then nothing is compiled at the start, and the
 * compiler need not be loaded.
 */
export const isService = ajv.compile<Service>(jsonSchema(SERVICE));
