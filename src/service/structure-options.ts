import { canonicalTime } from "./time.ts";

// Checking the schema against the schema of schemas would take longer than all else at the start; a test does it.
export const STRUCTURE_OPTIONS = {
  strict: true,
  allowUnionTypes: true,
  validateSchema: false,
} as const;

/** What the formats of the schema accept. */
export const FORMATS = {
  "date-time": { type: "string", validate: (text: string) => canonicalTime(text) !== undefined },
} as const;
