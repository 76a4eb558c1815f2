import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestRunner,
  type TestRunnerCapabilities,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { Suites } from "./suites.ts";

/**
 * Runs the engine's suites on jest's own parts within one process. Jest as a whole would load its world and ours anew
 * for each of some thousands of mutants, which is nine tenths of the time that it takes.
 */
class EngineRunner implements TestRunner {
  static readonly inject = tokens();
  /** What the instrumented code and Stryker tell one another. */
  readonly #context: InstrumenterContext = {};
  #suites: Suites | undefined;

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  init(): Promise<void> {
    Reflect.set(globalThis, INSTRUMENTER_CONSTANTS.NAMESPACE, this.#context);
    // The directory is the copy of the project that holds the mutants.
    this.#suites = new Suites(process.cwd(), (test) => {
      if (test === undefined) delete this.#context.currentTestId;
      else this.#context.currentTestId = test;
    });
    return Promise.resolve();
  }

  async dryRun(): Promise<DryRunResult> {
    const mutantCoverage = { static: {}, perTest: {} };
    this.#context.mutantCoverage = mutantCoverage;
    const result = await this.#run({ isBailing: false });
    return result.status === DryRunStatus.Complete ? { ...result, mutantCoverage } : result;
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
    this.#context.activeMutant = activeMutant.id;
    if (hitLimit !== undefined) Object.assign(this.#context, { hitLimit, hitCount: 0 });
    try {
      const only = testFilter === undefined ? {} : { only: new Set(testFilter) };
      const result = await this.#run({ ...only, isBailing: !disableBail });
      const { hitCount } = this.#context;
      return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? result, disableBail);
    } finally {
      delete this.#context.activeMutant;
      delete this.#context.hitLimit;
      delete this.#context.hitCount;
    }
  }

  async #run(options: { only?: ReadonlySet<string>; isBailing: boolean }): Promise<DryRunResult> {
    if (this.#suites === undefined) throw new Error("the runner was not initialised");
    try {
      return { status: DryRunStatus.Complete, tests: await this.#suites.run(options) };
    } catch (error) {
      // A mutant that keeps a module from loading.
      return { status: DryRunStatus.Error, errorMessage: String(error) };
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "engine", EngineRunner)];
