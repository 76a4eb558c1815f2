import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until something holds, looking every few milliseconds.
 * @throws Error if it does not within 5 seconds.
 */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within 5 s: ${holds.toString()}`);
    await pause(5);
  }
}
