/** The options of ajv. The schema is our own: a test holds it to the meta-schema, which takes longer than to compile it. */
export const CONFIG_SCHEMA_OPTIONS = { allErrors: true, strict: true, meta: false, validateSchema: false } as const;
