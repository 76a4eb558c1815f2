/** Ends the waiting and the proving when somebody presses Ctrl-C: the suites then take away what they made, as always. */
const controller = new AbortController();

/** From now on a signal ends the run in order, however often it comes: npm hands on what the terminal has sent already. */
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

/** Thrown through a suite's steps to its end, where it cleans up. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}
