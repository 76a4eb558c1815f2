/** Ends the run at Ctrl-C: the suites then clean up as always. */
const controller = new AbortController();

/**
 * From now on a signal ends the run in order, however often it comes: npm forwards what the terminal has sent already.
 */
export function endInOrder(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) console.error(`${signal}: taking away what was made ...`);
      controller.abort();
    });
  }
}

/** Whether the run is to end. */
export function isInterrupted(): boolean {
  return controller.signal.aborted;
}

/** @throws if the run is to end. */
export function unlessInterrupted(): void {
  if (isInterrupted()) throw new Interrupted();
}

/** Thrown to end a suite, which then cleans up. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}
