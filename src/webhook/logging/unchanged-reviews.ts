import type { Logger } from "pino";

/** What is logged of a review that changed nothing and told nobody anything: it is counted, or has a line as any other. */
export const UNCHANGED_LOGGING = ["counted", "all"] as const;
export type UnchangedLogging = (typeof UNCHANGED_LOGGING)[number];

/** The time between two lines of counts, in milliseconds. */
const INTERVAL = 60_000;

/** Counts the reviews without a line of their own, and logs their number once a minute as long as there are any. */
export class UnchangedReviews {
  readonly #log: Logger;
  /** By phase, then by operation. */
  #counts = new Map<string, Map<string, number>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  count(phase: string, operation: string): void {
    const counts = this.#counts.get(phase) ?? new Map<string, number>();
    if (counts.size === 0) this.#counts.set(phase, counts);
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, INTERVAL).unref();
  }

  /** Logs what was counted since the last line. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#counts.size === 0) return;
    const counts = Object.fromEntries(this.#counts.entries().map(([phase, each]) => [phase, Object.fromEntries(each)]));
    this.#counts = new Map();
    this.#log.info(counts, "reviews without a change");
  }
}
