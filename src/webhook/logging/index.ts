/** The log: JSON lines, written without blocking the process. */
export { LOG_LEVELS, type LogLevel } from "./log-level.ts";
export { UNCHANGED_LOGGING, type UnchangedLogging, UnchangedReviews } from "./unchanged-reviews.ts";
export { createLog, type Logger, reviewLine, roundToMicroseconds, withoutManagedFields } from "./log.ts";
