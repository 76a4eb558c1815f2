import { setImmediate } from "node:timers/promises";

/** How long, in milliseconds, the work of a run may block the event loop: signals are handled within this time. */
const MAX_BLOCKING_MS = 50;

/** Yields to the event loop at intervals, so that long synchronous work does not delay the handling of signals. */
export class EventLoopYield {
  readonly #longest: number;
  #lastYield = now();

  /** @param longest for how many milliseconds work may block the event loop */
  constructor(longest = MAX_BLOCKING_MS) {
    this.#longest = longest;
  }

  /** Whether the event loop has been blocked for as long as it may be. */
  get isDue(): boolean {
    return now() - this.#lastYield >= this.#longest;
  }

  /** Lets the event loop run. */
  async run(): Promise<void> {
    await setImmediate();
    this.#lastYield = now();
  }
}

/** Milliseconds. `performance` would be another part of Node to load. */
function now(): number {
  return process.uptime() * 1000;
}
