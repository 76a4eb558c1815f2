import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
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

/** Starts a program that is killed at the end of the test, unless it has ended by then. */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  endLater(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    for (const stream of child.stdio) stream?.destroy();
    await ended;
  });
  return child;
}

async function endAll(ends: Set<End>): Promise<void> {
  const all = [...ends];
  ends.clear();
  await Promise.allSettled(all.map(async (end) => end()));
}
