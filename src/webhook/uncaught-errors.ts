import { inspect } from "node:util";
import type { Logger } from "./logging/index.ts";
import type { Metrics } from "./metrics/index.ts";

/**
 * Logs and counts unhandled rejections and uncaught exceptions. After a rejection the server continues: only the work of
 * that promise is lost. After an exception the state may be inconsistent: the caller shuts the server down, and its
 * supervisor starts a new one.
 * @returns a promise that resolves after the first exception
 */
export function watchUncaughtErrors(log: Logger, metrics: Metrics): Promise<"uncaughtException"> {
  process.on("unhandledRejection", (reason) => {
    metrics.countUnexpected("rejection");
    log.error({ err: errorOf(reason) }, "something failed unseen, and the server goes on: this is a bug in fairlead");
  });
  return new Promise((resolve) => {
    process.on("uncaughtException", (error) => {
      metrics.countUnexpected("exception");
      log.fatal({ err: errorOf(error) }, "something failed unseen, and the server ends: this is a bug in fairlead");
      resolve("uncaughtException");
    });
  });
}

/** Wraps thrown values that are not errors. */
function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(inspect(thrown));
}
