import { setImmediate } from "node:timers/promises";

/** A signal is heard of within this time. */
const LONGEST_TURN_MS = 50;

/** Long work that waits for nothing hears of no signal: now and then the event loop has its turn. */
export class Turns {
  #since = performance.now();

  /** Waits for a turn if one is due. */
  async next(): Promise<void> {
    if (performance.now() - this.#since < LONGEST_TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
