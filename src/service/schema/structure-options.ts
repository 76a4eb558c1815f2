import { canonicalTime } from "./time.ts";

/**
 * The options of ajv. Validating the schema against its meta-schema would take longer than the rest of the start; a test
 * does that instead.
 */
export const STRUCTURE_OPTIONS = {
  strict: true,
  allowUnionTypes: true,
  validateSchema: false,
} as const;

/** The formats of the schema. */
export const FORMATS = {
  "date-time": { type: "string", validate: (text: string) => canonicalTime(text) !== undefined },
} as const;
