import { Command } from "commander";
import { ruleTexts } from "../examine/findings/index.ts";
import { escapeGlob } from "../check/inputs/index.ts";
import {
  type CheckEvent,
  type CheckOutcomeOptions,
  exclusionNotes,
  type ExclusionSettings,
  limitHeapGrowth,
  outcomeOptionsOf,
  Progress,
  runCheck,
  runFacts,
  type RunRequest,
  runRequestOf,
  settingSource,
  writeBaseline,
} from "../check/run/index.ts";
import { CHECK_OPTIONS, chooseConfig } from "../check/settings/index.ts";
import type { JsonObject } from "../field/index.ts";
import { cleanUpOnSignals } from "../files/index.ts";
import { logLine, logLines } from "../reports/console/index.ts";
import {
  isTerminal,
  ReportSet,
  type ShowService,
  StandardOutput,
  standardStream,
  unifiedDiff,
} from "../reports/index.ts";
import { type CheckFinding, countPhrase } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { versionText } from "../service/versions/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";
import { VERSION } from "../version.ts";
import { addOption, today } from "./shared/index.ts";

/** The command `fairlead check`: judges the Services in manifests. Its options are the table in `options.ts`. */
export function command(): Command {
  const check = new Command("check")
    .argument("[paths...]", "files, folders, globs, or - for standard input", [])
    .addHelpText(
      "after",
      "\nExit codes: 0 clean, 1 findings, 2 unusable input or options, 3 nothing to check where that is forbidden.",
    );
  for (const option of CHECK_OPTIONS) addOption(check, option);
  return check.action(async function (this: Command, paths: readonly string[]) {
    try {
      process.exitCode = await runCommand(paths, this.opts());
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      process.stderr.write(`${logLines(error.message).replace(/^/gm, "fairlead check: ")}\n`);
      process.exitCode = EXIT_CODES.unusable;
    }
  });
}

async function runCommand(paths: readonly string[], flags: JsonObject): Promise<number> {
  if (paths.length === 0) throw new Unusable("name what to check: files, folders, globs, or - for standard input");
  const { config, notes } = await chooseConfig(flags);
  const options = { ...withoutOverriddenVersion(config?.options ?? {}, flags), ...flags };
  const outcome = outcomeOptionsOf(options);
  const request = await runRequestOf(paths, options, today(), printNote);
  const cleanUp = request.fix === "write" || filesWrittenBy(outcome).length > 0 ? cleanUpOnSignals() : undefined;
  try {
    return await runWith(request, outcome, options, { flags, config, notes });
  } finally {
    cleanUp?.();
  }
}

/** The options of the configuration without the version, if the command line names one, of Kubernetes or of OpenShift. */
function withoutOverriddenVersion(
  { kubernetesVersion, openshiftVersion, ...others }: JsonObject,
  flags: JsonObject,
): JsonObject {
  if (flags["kubernetesVersion"] !== undefined || flags["openshiftVersion"] !== undefined) return others;
  return {
    ...others,
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    ...(openshiftVersion !== undefined && { openshiftVersion }),
  };
}

async function runWith(
  request: Omit<RunRequest, "wantsServices">,
  outcome: CheckOutcomeOptions,
  options: JsonObject,
  configuration: Pick<ExclusionSettings, "flags" | "config" | "notes">,
): Promise<number> {
  const stdout = new StandardOutput(standardStream(1));
  const reports = await ReportSet.open(
    outcome.reports,
    {
      version: VERSION,
      rule: await ruleTexts(request.settings.policies.length > 0),
      failOn: outcome.failOn,
      ...(outcome.reports.some(({ format }) => format === "html") && {
        run: runFacts(process.env, process.argv.slice(2)),
      }),
      target: { kubernetes: versionText(request.settings.version), cluster: request.settings.clusterName },
    },
    // With --show, standard output is for the Services only; with --fix --dry-run, for the diff.
    outcome.show === undefined && request.fix !== "show" ? stdout : new StandardOutput(standardStream(2)),
  );
  const wantsServices = reports.wantsServices || outcome.show !== undefined;
  // The files that this run writes may be in a folder that it checks.
  request.exclude.excludeOutputs(filesWrittenBy(outcome).map(escapeGlob));
  const exclusions = { ...configuration, exclude: request.exclude, baseline: request.baseline };
  const showsProgress = options["progress"] !== false && options["noProgress"] !== true;
  const code = await report({ ...request, wantsServices }, { reports, stdout }, outcome, exclusions, showsProgress);
  await stdout.flush();
  return code;
}

function filesWrittenBy({ reports, writeBaseline: baseline }: CheckOutcomeOptions): string[] {
  return [...reports.map(({ file }) => file), baseline].filter((file) => file !== undefined);
}

/** Prints a line for people on standard error: standard output is for the reports. */
function printNote(text: string): void {
  process.stderr.write(`fairlead check: ${logLine(text)}\n`);
}

interface Outputs {
  readonly reports: ReportSet;
  readonly stdout: StandardOutput;
}

async function report(
  request: RunRequest,
  { reports, stdout }: Outputs,
  outcome: CheckOutcomeOptions,
  exclusions: ExclusionSettings,
  showsProgress: boolean,
): Promise<number> {
  const progress = showsProgress && isTerminal(2) ? new Progress(process.stderr, () => performance.now()) : undefined;
  const findings: CheckFinding[] = [];
  // Only this prints YAML, and the library for that is large.
  const showService = outcome.show === undefined ? undefined : await loadShowService();
  const onProgress = (files: number): void => {
    limitHeapGrowth(files);
    progress?.update(files);
  };
  const run = runCheck({ ...request, onNote: printNote, onProgress });
  let step = await run.next();
  for (; step.done !== true; step = await run.next()) {
    const event = step.value;
    progress?.clear();
    reports.add(event);
    if (event.type === "finding" && outcome.writeBaseline !== undefined) findings.push(event.finding);
    if (event.type === "service" && outcome.show !== undefined)
      stdout.write(showService?.(event.service, outcome.show) ?? "");
    if (event.type === "fixed") reportFixed(event);
    if (event.type === "fixable") stdout.write(logLines(unifiedDiff(event.file, event.before, event.after)));
  }
  progress?.clear();
  const leftOut = [...exclusionNotes(exclusions), ...(step.value.leftOut ?? [])];
  const summary = leftOut.length === 0 ? step.value : { ...step.value, leftOut };
  reports.end(summary);
  return finish(summary, findings, outcome, exclusions);
}

async function loadShowService(): Promise<ShowService> {
  const { showService } = await import("../reports/index.ts");
  return showService;
}

function reportFixed({ file, line, column, edit }: Extract<CheckEvent, { type: "fixed" }>): void {
  process.stderr.write(`${logLine(`${file}:${line}:${column}: fixed: ${edit.before} is now ${edit.after}`)}\n`);
}

function finish(
  summary: Summary,
  findings: readonly CheckFinding[],
  outcome: CheckOutcomeOptions,
  exclusions: ExclusionSettings,
): number {
  for (const gone of exclusions.baseline?.resolvedFindings() ?? []) {
    printNote(`known finding is gone: ${gone.file} ${gone.rule} at ${gone.field}`);
  }
  if (outcome.writeBaseline !== undefined) {
    writeBaseline(outcome.writeBaseline, findings);
    printNote(`${countPhrase(findings.length, "finding")} written to ${outcome.writeBaseline}`);
    return summary.unusable > 0 ? EXIT_CODES.unusable : EXIT_CODES.success;
  }
  if (summary.unusable > 0) return EXIT_CODES.unusable;
  if (summary.errors > 0 || (outcome.failOn === "warning" && summary.warnings > 0)) return EXIT_CODES.failure;
  const empty = whyEmpty(summary, outcome, exclusions);
  if (empty === undefined) return EXIT_CODES.success;
  printNote(empty);
  return EXIT_CODES.empty;
}

/** Why a run without Services must not count as clean; undefined if it may. */
function whyEmpty(summary: Summary, outcome: CheckOutcomeOptions, exclusions: ExclusionSettings): string | undefined {
  if (summary.services > 0) return undefined;
  const source = settingSource("exclude", "--exclude", exclusions.flags, exclusions.config);
  if (summary.files + (summary.skipped ?? 0) === 0 && exclusions.exclude.count > 0 && source !== "--exclude") {
    return `nothing is left to check: ${source} leaves out all of it`;
  }
  if (outcome.requiresPolicy) return "there is no Service to check: what --require-policy names was applied to none";
  return outcome.failIfEmpty ? "there is no Service to check" : undefined;
}
