/** Validates policy documents and compiles them into a policy set. */
export { compilePolicies } from "./compile.ts";
export { validationId, validationsLookAt } from "./team-expressions.ts";
export { readPolicy, validatePolicy } from "./validate.ts";
