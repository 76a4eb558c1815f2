import { constants } from "node:os";

/** Ctrl-C comes twice: npm hands it on to a process that the terminal has told already. In milliseconds. */
const SAME_SIGNAL = 500;

/** What asks a server to end. */
const ENDING = ["SIGTERM", "SIGINT"] as const;

/**
 * The signal that asks the server to end. A second one ends the process at once. To be called first of all: the first
 * process of a container does not end by a signal that nobody listens to.
 * @param hasTerminal whether it ends with its terminal, too, as a demo does.
 */
export function stopSignal(hasTerminal: boolean): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      first ??= performance.now();
      // As a shell has it for a process that a signal ended.
      if (performance.now() - first > SAME_SIGNAL) process.exit(128 + constants.signals[signal]);
      resolve(signal);
    };
    for (const signal of hasTerminal ? ([...ENDING, "SIGHUP"] as const) : ENDING) process.on(signal, stop);
  });
}
