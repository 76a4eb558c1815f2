/** From policy documents to a set that judges. */
export { compilePolicies } from "./compile.ts";
export { readPolicy, validatePolicy } from "./validate.ts";
