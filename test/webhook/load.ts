import { setTimeout as pause } from "node:timers/promises";

/** What became of a load. */
export interface LoadResult {
  readonly sent: number;
  /** What went wrong, in words, one for each call that was lost. */
  readonly lost: readonly string[];
}

/** Calls a second. */
export const RATE = 200;
/** On a machine that cannot answer so many, calls wait for earlier ones rather than pile up until they time out. */
const MOST_PENDING = 100;

/** Sends calls at a steady rate, whether or not those before have been answered. */
export class Load {
  readonly #callers: readonly (() => Promise<void>)[];
  readonly #pending = new Set<Promise<void>>();
  readonly #lost: string[] = [];
  readonly #running: Promise<void>;
  #sent = 0;
  #ended = false;

  /** The callers take turns. */
  constructor(callers: readonly (() => Promise<void>)[]) {
    this.#callers = callers;
    this.#running = this.#run();
  }

  /** Lets so many more calls be sent. */
  async more(calls: number): Promise<void> {
    const goal = this.#sent + calls;
    while (this.#sent < goal) await pause(5);
  }

  /** Waits for the answers to all that was sent so far. */
  async answered(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** Sends no more, and waits for all answers. */
  async end(): Promise<LoadResult> {
    this.#ended = true;
    await this.#running;
    await this.answered();
    return { sent: this.#sent, lost: this.#lost };
  }

  async #run(): Promise<void> {
    let due = performance.now();
    while (!this.#ended) {
      while (due <= performance.now() && this.#pending.size < MOST_PENDING) {
        this.#send();
        due += 1000 / RATE;
      }
      // What could not be sent in its time is not made up for.
      if (this.#pending.size >= MOST_PENDING) due = performance.now();
      await pause(2);
    }
  }

  #send(): void {
    const caller = this.#callers[this.#sent++ % this.#callers.length];
    if (caller === undefined) return;
    const call = caller()
      .catch((error: unknown) => void this.#lost.push(error instanceof Error ? error.message : String(error)))
      .finally(() => this.#pending.delete(call));
    this.#pending.add(call);
  }
}
