/** The current time and timers; injected, so that tests need not wait. */
export interface Clock {
  now(): Date;
  /** Calls `action` once after `milliseconds`, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): () => void;
}

/** The longest delay of a Node timer, in milliseconds: with a longer one it fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The system clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, action) {
    const timer = setTimeout(action, Math.min(milliseconds, LONGEST_TIMER)).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
