import type { ChildProcess } from "node:child_process";
import { afterAll, afterEach, beforeEach } from "@jest/globals";

type End = () => Promise<void> | void;

/** What was started in a test, or in what comes before each, and what was started for all tests of a file. */
const started = { test: new Set<End>(), file: new Set<End>() };
let current: keyof typeof started = "file";

beforeEach(() => {
  current = "test";
});
afterEach(async () => {
  current = "file";
  await endAll(started.test);
});
afterAll(() => endAll(started.file));

/** Ends it, whatever becomes of the test: what is left running would keep Jest from its own end. */
export function endLater(end: End): void {
  started[current].add(end);
}

/** A program that was started: it is killed at the end of the test, unless it has ended by then. */
export function endingWithTest<T extends ChildProcess>(child: T): T {
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  endLater(async () => {
    const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    if (isRunning) child.kill("SIGKILL");
    for (const stream of child.stdio) stream?.destroy();
    if (isRunning) await ended;
  });
  return child;
}

async function endAll(ends: Set<End>): Promise<void> {
  const all = [...ends];
  ends.clear();
  await Promise.allSettled(all.map(async (end) => end()));
}
