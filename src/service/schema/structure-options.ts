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

/** The formats of the schema. Converted to UTC, a time can lie in the year before 0 or after 9999. */
export const FORMATS = {
  "date-time": {
    type: "string",
    validate: (text: string) => canonicalTime(text) !== undefined || /^(?:-0001-12-3[01]|10000-01-0[12])T/.test(text),
  },
} as const;
