import { setImmediate } from "node:timers/promises";

/** How long, in milliseconds, work may run before the event loop does: signals are handled within this time. */
const LONGEST_TURN_MS = 50;

/** Yields to the event loop at intervals, so that long synchronous work does not delay the handling of signals. */
export class EventLoopYield {
  #since = performance.now();

  /** Lets the event loop run if the last time is longer ago than {@link LONGEST_TURN_MS}. */
  async ifDue(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
