import type { Clock } from "./clock.ts";

/**
 * Repeats a piece of work: when woken, and after the delay that the work itself returns. Runs never overlap; waking the
 * loop during a run causes one more run right after it.
 */
export class Loop {
  readonly #clock: Clock;
  readonly #work: () => Promise<number>;
  #running: Promise<void> | undefined;
  #again = false;
  #cancel: (() => void) | undefined;
  #closed = false;

  /** `work` must not throw; it returns the milliseconds until its next run. */
  constructor(clock: Clock, work: () => Promise<number>) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Runs the work as soon as possible. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Runs the work and waits for it. */
  async once(): Promise<void> {
    this.wake();
    await this.#running;
  }

  /** Stops the loop after the current run. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let pause = 0;
    while (this.#again && !this.#closed) {
      this.#again = false;
      this.#cancel?.();
      pause = await this.#work();
    }
    this.#running = undefined;
    if (!this.#closed) {
      this.#cancel = this.#clock.after(pause, () => {
        this.wake();
      });
    }
  }
}
