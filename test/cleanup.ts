import type { ChildProcess } from "node:child_process";
import { afterAll, afterEach, beforeEach } from "@jest/globals";

type CleanUp = () => Promise<void> | void;

/** Functions to call after the current test (or its `beforeEach`), and after all tests of the file. */
const cleanUps = { test: new Set<CleanUp>(), file: new Set<CleanUp>() };
let scope: keyof typeof cleanUps = "file";

beforeEach(() => {
  scope = "test";
});
afterEach(async () => {
  scope = "file";
  await runAll(cleanUps.test);
});
afterAll(() => runAll(cleanUps.file));

/**
 * Registers a function to call after the test, or after all tests of the file if no test is running, even if the test
 * fails: anything left running would keep Jest from exiting.
 */
export function cleanUpAfterTest(cleanUp: CleanUp): void {
  cleanUps[scope].add(cleanUp);
}

/** Kills a child process after the test unless it has exited by then. @returns the child */
export function killAfterTest<T extends ChildProcess>(child: T): T {
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  cleanUpAfterTest(async () => {
    const isRunning = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    if (isRunning) child.kill("SIGKILL");
    for (const stream of child.stdio) stream?.destroy();
    if (isRunning) await exited;
  });
  return child;
}

async function runAll(registered: Set<CleanUp>): Promise<void> {
  const all = [...registered];
  registered.clear();
  await Promise.allSettled(all.map(async (cleanUp) => cleanUp()));
}
