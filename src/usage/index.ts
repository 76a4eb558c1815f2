/** How a command ends: exit codes, and the error for input that cannot be used. */
export { ConfigError } from "./config-error.ts";
export { EXIT_CODES } from "./exit-codes.ts";
export { Unusable } from "./unusable.ts";
