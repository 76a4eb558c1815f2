import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { readTargetVersion } from "../check/settings/index.ts";
import { fileErrorReason, POLICY_PATH_ERRORS } from "../field/index.ts";
import {
  applyCorrections,
  type CaseDefaults,
  type CaseResult,
  compareOutcome,
  junitReport,
  loadTests,
  passed,
  runCase,
  type TestFile,
  testFilesBelow,
  textReport,
  versionNotes,
} from "../policy-test/index.ts";
import { logLine, logLines, paintsFor, wantsColour } from "../reports/console/index.ts";
import { countPhrase } from "../examine/model/index.ts";
import type { ReportFormat } from "../reports/index.ts";
import { FEATURE_GATES, type KubernetesVersion } from "../service/versions/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";

/** The report formats of `check` that policy tests support. */
const FORMATS = ["text", "junit"] as const satisfies readonly ReportFormat[];

interface Options {
  readonly update?: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly kubernetesVersion?: string;
  readonly openshiftVersion?: string;
  readonly featureGate?: readonly string[];
}

/**
 * The command `fairlead test`: runs the tests of policies. Exit code 0: all results as expected; 1: at least one
 * is not; 2: tests, policies or options cannot be used.
 */
export function command(): Command {
  return new Command("test")
    .argument("<path...>", "test files, or directories to search for them")
    .option("--update", "replace the expected results in the files with the actual ones")
    .addOption(new Option("--format <format>", "the report's format").choices(FORMATS).default("text"))
    .option("--output <file>", "file to write the report to, instead of standard output")
    .option("--kubernetes-version <version>", "version of the API server for cases that name none, such as 1.36")
    .option("--openshift-version <version>", "the same as a version of OpenShift, such as 4.16")
    .option(
      "--feature-gate <NAME=BOOL>",
      `a feature gate of that version, one of ${FEATURE_GATES.join(", ")}; may be given more than once`,
      collect,
    )
    .action(async (paths: readonly string[], options: Options) => {
      try {
        process.exitCode = await run(paths, options);
      } catch (error) {
        if (!(error instanceof Unusable)) throw error;
        printNote(error.message);
        process.exitCode = EXIT_CODES.unusable;
      }
    });
}

function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** Prints a line for people on standard error: standard output is for the report. */
function printNote(text: string): void {
  process.stderr.write(`fairlead test: ${logLine(text)}\n`);
}

async function run(paths: readonly string[], { update = false, format, output, ...options }: Options): Promise<number> {
  const { asked, version } = readTargetVersion({ ...options, featureGates: options.featureGate ?? [] });
  const { files, problems } = await load(paths, version);
  for (const problem of problems) process.stderr.write(`${logLines(problem)}\n`);
  // The results of only some of the tests would be misleading.
  if (problems.length > 0) return EXIT_CODES.unusable;
  const today = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  const cases = files.flatMap((file) => file.cases);
  for (const note of versionNotes(cases, asked)) printNote(note);
  for (const { notes } of files) for (const note of notes) printNote(note);
  const results = files.flatMap((file) => resultsOf(file, { today, version }));
  if (update) return correct(files, results);
  const report =
    format === "junit"
      ? junitReport(results)
      : textReport(results, paintsFor(output === undefined && wantsColour(process.env, process.stdout)));
  if (output === undefined) process.stdout.write(report);
  else await writeFile(output, report);
  return results.every(passed) ? EXIT_CODES.success : EXIT_CODES.failure;
}

/** Replaces the expected results by the actual ones. What it says is what was updated: nothing has failed. */
async function correct(files: readonly TestFile[], results: readonly CaseResult[]): Promise<number> {
  let isAllWritten = true;
  for (const file of files) isAllWritten = (await writeCorrections(file, results)) && isAllWritten;
  return isAllWritten ? EXIT_CODES.success : EXIT_CODES.failure;
}

interface Loaded {
  readonly files: readonly TestFile[];
  readonly problems: readonly string[];
}

async function load(paths: readonly string[], version: KubernetesVersion): Promise<Loaded> {
  const files: TestFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      const testFiles = await testFilesBelow(path);
      if (testFiles.length === 0) problems.push(`${path}: holds no tests (*.test.yaml)`);
      for (const file of testFiles) {
        const loaded = await loadTests(file, version);
        if ("tests" in loaded) files.push(loaded.tests);
        else problems.push(...loaded.problems);
      }
    } catch (error) {
      problems.push(`${path}: ${fileErrorReason(error, POLICY_PATH_ERRORS)}`);
    }
  }
  return { files, problems };
}

function resultsOf(file: TestFile, defaults: CaseDefaults): readonly CaseResult[] {
  return file.cases.map((test, index) => {
    const outcome = runCase(file, test, defaults);
    return {
      file: file.file,
      line: file.lineOf(index),
      index,
      name: test.name,
      comparison: compareOutcome(test, outcome),
      outcome,
    };
  });
}

/** Writes the actual results into the file as the expected ones. @returns whether all differences could be corrected */
async function writeCorrections({ file, text }: TestFile, results: readonly CaseResult[]): Promise<boolean> {
  const wrong = results.filter((result) => result.file === file && !passed(result));
  if (wrong.length === 0) return true;
  const corrections = wrong.map(({ index, comparison, outcome }) => ({
    index,
    comparison,
    findings: outcome.findings,
  }));
  const { text: correctedText, byHand } = applyCorrections(text, corrections);
  await writeFile(file, correctedText);
  process.stderr.write(`${logLine(`${file}: ${countPhrase(wrong.length, "case")} updated`)}\n`);
  for (const location of byHand)
    process.stderr.write(`${logLine(`${file}: ${location} is written elsewhere (an alias): update it by hand`)}\n`);
  return byHand.length === 0;
}
