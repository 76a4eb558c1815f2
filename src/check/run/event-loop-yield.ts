import { setImmediate } from "node:timers/promises";

/** How long, in milliseconds, work may block the event loop: signals are handled within this time. */
const MAX_BLOCKING_MS = 50;

/** Yields to the event loop at intervals, so that long synchronous work does not delay the handling of signals. */
export class EventLoopYield {
  #lastYield = now();

  /** Lets the event loop run if it has been blocked for {@link MAX_BLOCKING_MS}. */
  async ifDue(): Promise<void> {
    if (now() - this.#lastYield < MAX_BLOCKING_MS) return;
    await setImmediate();
    this.#lastYield = now();
  }
}

/** Milliseconds. `performance` would be another part of Node to load. */
function now(): number {
  return process.uptime() * 1000;
}
