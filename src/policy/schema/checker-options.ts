/** The options of ajv. The schemas are our own: a test holds them to the meta-schema, which takes longer than to compile them. */
export const CHECKER_OPTIONS = {
  allErrors: true,
  verbose: true,
  useDefaults: true,
  strict: true,
  meta: false,
  validateSchema: false,
} as const;
