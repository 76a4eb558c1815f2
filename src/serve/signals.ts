import { constants } from "node:os";

/**
 * In milliseconds: within this time a second signal counts as the same one. Ctrl-C comes twice, because npm forwards it
 * to a process that has received it from the terminal already.
 */
const DUPLICATE_WINDOW = 500;

/** The signals that stop a server. */
const STOP_SIGNALS = ["SIGTERM", "SIGINT"] as const;

/**
 * Resolves with the signal that stops the server. A second one ends the process at once. Must be called first of all:
 * the first process of a container ignores a signal for which there is no handler.
 * @param hasTerminal whether the server also ends with its terminal, as a demo does.
 */
export function stopSignal(hasTerminal: boolean): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      first ??= performance.now();
      // The exit code that a shell reports for a process ended by a signal.
      if (performance.now() - first > DUPLICATE_WINDOW) process.exit(128 + constants.signals[signal]);
      resolve(signal);
    };
    for (const signal of hasTerminal ? ([...STOP_SIGNALS, "SIGHUP"] as const) : STOP_SIGNALS) process.on(signal, stop);
  });
}
