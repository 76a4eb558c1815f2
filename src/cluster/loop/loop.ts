import type { Clock } from "./clock.ts";

/**
 * Does one thing again and again, never twice at once: when woken, and after the time that it asked for itself. Being
 * woken while at work means once more right after.
 */
export class Loop {
  readonly #clock: Clock;
  readonly #work: () => Promise<number>;
  #running: Promise<void> | undefined;
  #again = false;
  #cancel: (() => void) | undefined;
  #closed = false;

  /** `work` must not throw; it returns the milliseconds to its next turn. */
  constructor(clock: Clock, work: () => Promise<number>) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Has the work done as soon as possible. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Has the work done, and waits for it. */
  async once(): Promise<void> {
    this.wake();
    await this.#running;
  }

  /** Ends after the work at hand. */
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
