import { inspect } from "node:util";
import type { Logger } from "./logging/index.ts";
import type { Metrics } from "./metrics/index.ts";

/**
 * Logs and counts what nobody has caught. A promise that failed unseen ends nothing: what it was for is lost, and
 * everything else can go on. After an exception nobody knows what was left half done: the server ends in order, and
 * whoever watches it starts another one.
 * @returns a promise of the first exception.
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

/** Anything can be thrown. */
function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(inspect(thrown));
}
