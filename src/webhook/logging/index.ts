/** Log lines, written without ever blocking. */
export { LOG_LEVELS, type LogLevel } from "./log-level.ts";
export { createLog, lineOf, type Logger, rounded, withoutManagedFields } from "./log.ts";
