import { setTimeout as pause } from "node:timers/promises";

/** The result of a load. */
export interface LoadResult {
  readonly sent: number;
  /** One error message for each failed call. */
  readonly lost: readonly string[];
}

/** Calls per second. */
export const RATE = 200;
/** On a slow machine, calls wait for earlier ones rather than pile up until they time out. */
const MAX_PENDING = 100;

/** Sends calls at a constant rate, whether or not earlier calls have been answered. */
export class Load {
  readonly #callers: readonly (() => Promise<void>)[];
  readonly #pending = new Set<Promise<void>>();
  readonly #lost: string[] = [];
  readonly #running: Promise<void>;
  #sent = 0;
  #ended = false;

  /** The callers are called in rotation. */
  constructor(callers: readonly (() => Promise<void>)[]) {
    this.#callers = callers;
    this.#running = this.#run();
  }

  /** Waits until this many more calls have been sent. */
  async more(calls: number): Promise<void> {
    const goal = this.#sent + calls;
    while (this.#sent < goal) await pause(5);
  }

  /** Waits for the answers to all calls that have been sent. */
  async answered(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** Stops sending, and waits for all answers. */
  async end(): Promise<LoadResult> {
    this.#ended = true;
    await this.#running;
    await this.answered();
    return { sent: this.#sent, lost: this.#lost };
  }

  async #run(): Promise<void> {
    let due = performance.now();
    while (!this.#ended) {
      while (due <= performance.now() && this.#pending.size < MAX_PENDING) {
        this.#send();
        due += 1000 / RATE;
      }
      // Calls that could not be sent on time are skipped.
      if (this.#pending.size >= MAX_PENDING) due = performance.now();
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
