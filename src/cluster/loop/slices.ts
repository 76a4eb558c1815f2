import { setTimeout } from "node:timers/promises";

/** How much longer a rest is than what was done before it, and how many slices it takes at most. */
const REST = 2;
const LONGEST = 4;

/**
 * Cuts long work into slices, and rests after each one for longer than it took. A review needs several turns of the event loop:
 * with a slice in each of them it would wait for all of these; in a rest it is answered.
 */
export class Slices {
  /** In milliseconds. */
  readonly #length: number;
  #begun = performance.now();

  constructor(length: number) {
    this.#length = length;
  }

  /** Called after each piece of the work: goes on at once until the slice is over. */
  async next(): Promise<void> {
    const took = performance.now() - this.#begun;
    if (took < this.#length) return;
    // What took much longer was waiting for something else.
    await setTimeout(Math.min(REST * took, LONGEST * this.#length));
    this.#begun = performance.now();
  }
}
