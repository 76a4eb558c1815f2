import { Command } from "commander";
import { ruleTexts } from "../examine/findings/index.ts";
import { outcomeOptionsOf, runRequestOf } from "../check/run/index.ts";
import { chooseConfig } from "../check/settings/index.ts";
import type { JsonObject } from "../field/index.ts";
import { logLine, logLines } from "../reports/console/index.ts";
import { ReportSet, StandardOutput } from "../reports/index.ts";
import type { CheckFinding } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { NEWEST_KNOWN, versionText } from "../service/versions/index.ts";
import {
  compareManifests,
  pairOf,
  readTargetVersion,
  targetOf,
  type TargetVersion,
  UPGRADE_OPTIONS,
  upgradeOptions,
  type VersionPair,
} from "../upgrade/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";
import { VERSION } from "../version.ts";
import { addOption, clusterProblem, textOf, today } from "./shared/index.ts";

/** The command `fairlead upgrade`: what another version of the API server does otherwise with each Service. */
export function command(): Command {
  const upgrade = new Command("upgrade")
    .argument("[paths...]", "files, folders, globs, or - for standard input", [])
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing is newly refused, 1 a Service is newly refused, 2 unusable input or options.",
    );
  for (const option of UPGRADE_OPTIONS) addOption(upgrade, option);
  return upgrade.action(async function (this: Command, paths: readonly string[]) {
    try {
      process.exitCode = await runCommand(paths, this.opts());
    } catch (error) {
      const problem = error instanceof Unusable ? error.message : await clusterProblem(error);
      if (problem === undefined) throw error;
      process.stderr.write(`${logLines(problem).replace(/^/gm, "fairlead upgrade: ")}\n`);
      process.exitCode = EXIT_CODES.unusable;
    }
  });
}

async function runCommand(paths: readonly string[], flags: JsonObject): Promise<number> {
  const isOfCluster = flags["fromCluster"] === true;
  if (isOfCluster === paths.length > 0) {
    throw new Unusable(
      isOfCluster
        ? "--from-cluster compares what is stored, and paths name manifests: use one of the two"
        : "name what to compare: files, folders, globs, - for standard input, or --from-cluster",
    );
  }
  if (!isOfCluster && flags["kubeconfig"] !== undefined) throw new Unusable("--kubeconfig goes with --from-cluster");
  const { config } = await chooseConfig(flags);
  const options = upgradeOptions(flags, config?.options);
  const request = await runRequestOf(paths, { ...options, kubernetesVersion: undefined }, today(), printNote);
  const to = versionOf(options, "to") ?? targetOf(NEWEST_KNOWN);
  const from = versionOf(options, "from");
  if (isOfCluster) {
    const cluster = await readCluster(flags, from);
    const pair = pairOf(cluster.from, to, printNote);
    // Only this prints YAML, and the library for that is large.
    const { compareStored } = await import("../upgrade/index.ts");
    return report(compareStored(cluster.services, request.settings, pair), pair, options);
  }
  const before = from ?? versionOf(options, "kubernetesVersion");
  if (before === undefined) throw new Unusable("say which version the Services are stored by: --from 1.31");
  const pair = pairOf(before, to, printNote);
  return report(compareManifests(request, pair), pair, options);
}

function versionOf(options: JsonObject, key: string): TargetVersion | undefined {
  const text = textOf(options, key);
  return text === undefined ? undefined : readTargetVersion(text);
}

/** @param from the version to compare with, if it is not the cluster's own */
async function readCluster(
  flags: JsonObject,
  from: TargetVersion | undefined,
): Promise<{ readonly from: TargetVersion; readonly services: readonly JsonObject[] }> {
  const [{ connect }, { discoverVersion, listServices }] = await Promise.all([
    import("../cluster/api/index.ts"),
    import("../cluster/facts/index.ts"),
  ]);
  const api = connect(textOf(flags, "kubeconfig"));
  const discovered = from === undefined ? await discoverVersion(api) : undefined;
  const version = from ?? (discovered === undefined ? undefined : targetOf(discovered));
  if (version === undefined) throw new Unusable("the cluster does not tell its version: name it with --from 1.31");
  return { from: version, services: await listServices(api, textOf(flags, "namespace")) };
}

async function report(
  findings: AsyncGenerator<CheckFinding, Summary> | Generator<CheckFinding, Summary>,
  { from, to }: VersionPair,
  options: JsonObject,
): Promise<number> {
  const stdout = new StandardOutput(process.stdout);
  const { reports: targets, failOn } = outcomeOptionsOf({ format: options["format"] });
  const [kubernetes, before] = [versionText(to.version), versionText(from.version)];
  const cluster = textOf(options, "clusterProfile") ?? "unknown";
  const target = { kubernetes, cluster, from: before };
  const reports = await ReportSet.open(
    targets,
    { version: VERSION, rule: await ruleTexts(false), failOn, target },
    stdout,
  );
  let step = await findings.next();
  for (; step.done !== true; step = await findings.next()) reports.add({ type: "finding", finding: step.value });
  const summary = step.value;
  reports.end(summary);
  await stdout.flush();
  if (summary.unusable > 0) return EXIT_CODES.unusable;
  return summary.errors > 0 ? EXIT_CODES.failure : EXIT_CODES.success;
}

/** Prints a line for people on standard error: standard output is for the reports. */
function printNote(text: string): void {
  process.stderr.write(`fairlead upgrade: ${logLine(text)}\n`);
}
