/** Log lines, written without ever blocking. */
export { LOG_LEVELS, type LogLevel } from "./log-level.ts";
export { createLog, reviewLine, type Logger, roundToMicroseconds, withoutManagedFields } from "./log.ts";
