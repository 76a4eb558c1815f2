/** The time, and a way to wait for it: handed in, so that tests need not wait. */
export interface Clock {
  now(): Date;
  /** Calls `action` once after `milliseconds`, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): () => void;
}

/** A timer of Node can wait for no longer than this: beyond it fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, action) {
    const timer = setTimeout(action, Math.min(milliseconds, LONGEST_TIMER)).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
