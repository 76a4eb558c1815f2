import { join } from "node:path";
import { jestExpect as expect } from "@jest/expect";
import { type TestResult, TestStatus } from "@stryker-mutator/api/test-runner";
import { addEventHandler, describe, type Event, it, resetState, run } from "jest-circus";
import { SnapshotState } from "jest-snapshot";
import { bundleSuites } from "./bundle.ts";

/** The wording has one snapshot, whichever runner reads it. */
const SNAPSHOT = "test/service/messages/__snapshots__/wording.test.ts.snap";

export interface RunOptions {
  /** The names of the tests to ask; all of them where it is absent. */
  readonly only?: ReadonlySet<string>;
  /** Whether the first failure is enough. */
  readonly isBailing: boolean;
}

/** The engine's suites: a run loads every module anew, and asks the tests one after the other. */
export class Suites {
  readonly #root: string;
  readonly #load: () => void;
  readonly #onTest: (name: string | undefined) => void;
  #options: RunOptions = { isBailing: false };
  #hasFailed = false;

  /** `onTest` hears which test is about to be asked, and, with undefined, that it is over. */
  constructor(root: string, onTest: (name: string | undefined) => void) {
    // Jest notes where each test stands, a third of the time, and nobody asks.
    Error.stackTraceLimit = 0;
    this.#root = root;
    this.#onTest = onTest;
    this.#load = bundleSuites(root, { "@jest/globals": { describe, it, test: it, expect } });
    addEventHandler((event: Event) => {
      this.#hear(event);
    });
  }

  async run(options: RunOptions): Promise<TestResult[]> {
    this.#options = options;
    this.#hasFailed = false;
    resetState();
    const snapshotState = new SnapshotState(join(this.#root, SNAPSHOT), {
      rootDir: this.#root,
      snapshotFormat: {},
      updateSnapshot: "none",
    });
    const state = { testPath: this.#root, snapshotState };
    expect.setState(state);
    this.#load();
    const { testResults } = await run();
    return testResults.map(({ testPath, status, duration, errors }): TestResult => {
      const name = nameOf(testPath);
      const told = { id: name, name, timeSpentMs: duration ?? 0 };
      const [failureMessage] = errors;
      if (failureMessage !== undefined) return { ...told, status: TestStatus.Failed, failureMessage };
      return { ...told, status: status === "done" ? TestStatus.Success : TestStatus.Skipped };
    });
  }

  #hear(event: Event): void {
    if (event.name === "test_start") {
      const name = nameOfTest(event.test);
      const { only, isBailing } = this.#options;
      if ((isBailing && this.#hasFailed) || only?.has(name) === false) event.test.mode = "skip";
      else expect.setState({ currentTestName: name });
    }
    if (event.name === "test_started") this.#onTest(nameOfTest(event.test));
    if (event.name === "test_fn_failure") this.#hasFailed = true;
    if (event.name === "test_done") this.#onTest(undefined);
  }
}

type Test = Extract<Event, { name: "test_start" }>["test"];

function nameOfTest(test: Test): string {
  const names = [test.name];
  for (let block: Test["parent"] | undefined = test.parent; block !== undefined; block = block.parent)
    names.unshift(block.name);
  return nameOf(names);
}

/** The names of a test and the blocks around it, the outermost one left out, as jest joins them. */
function nameOf([, ...names]: readonly string[]): string {
  return names.join(" ");
}
