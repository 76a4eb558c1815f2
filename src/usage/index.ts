/** Exit codes, and the errors for input and configuration that cannot be used. */
export { ConfigError } from "./config-error.ts";
export { EXIT_CODES } from "./exit-codes.ts";
export { Unusable } from "./unusable.ts";
