import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE } from "../patience.ts";

/**
 * Waits until the condition holds, checking every few milliseconds.
 * @throws Error if it does not within the tests' patience.
 */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE} ms: ${holds.toString()}`);
    await pause(5);
  }
}
