import { Command } from "commander";
import { AUDIT_OPTIONS, auditOptions } from "../audit/options/index.ts";
import { makeContext } from "../check/context/index.ts";
import { ruleTexts } from "../examine/findings/index.ts";
import {
  type CheckOutcomeOptions,
  outcomeOptionsOf,
  runFacts,
  runRequestOf,
  writeBaseline,
} from "../check/run/index.ts";
import { chooseConfig } from "../check/settings/index.ts";
import type { Settings } from "../examine/settings/index.ts";
import type { KubernetesApi } from "../cluster/api/index.ts";
import type { JsonObject } from "../field/index.ts";
import { cleanUpOnSignals } from "../files/index.ts";
import type { PolicySet } from "../policy/model/index.ts";
import { logLine, logLines } from "../reports/console/index.ts";
import { ReportSet, StandardOutput, standardStream } from "../reports/index.ts";
import { type CheckFinding, countPhrase } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { versionText } from "../service/versions/index.ts";
import { EXIT_CODES, Unusable } from "../usage/index.ts";
import { VERSION } from "../version.ts";
import { addOption, clusterProblem, textOf, today } from "./shared/index.ts";

/** The command `fairlead audit`: judges the Services that a cluster has already. */
export function command(): Command {
  const audit = new Command("audit").addHelpText(
    "after",
    "\nWrites nothing to the cluster. Exit codes: 0 clean, 1 findings, 2 the cluster or an option cannot be used, 3 no Service where that is forbidden.",
  );
  for (const option of AUDIT_OPTIONS) addOption(audit, option);
  return audit.action(async function (this: Command) {
    try {
      process.exitCode = await runCommand(this.opts());
    } catch (error) {
      const problem = error instanceof Unusable ? error.message : await clusterProblem(error);
      if (problem === undefined) throw error;
      process.stderr.write(`${logLines(problem).replace(/^/gm, "fairlead audit: ")}\n`);
      process.exitCode = EXIT_CODES.unusable;
    }
  });
}

async function runCommand(flags: JsonObject): Promise<number> {
  const { config } = await chooseConfig(flags);
  const options = auditOptions(flags, config?.options);
  const outcome = outcomeOptionsOf(options);
  const { connect } = await import("../cluster/api/index.ts");
  const api = connect(textOf(options, "kubeconfig"));
  const request = await runRequestOf([], { ...options, ...(await versionOf(api, options)) }, today(), printNote);
  const cleanUp = outcome.reports.some(({ file }) => file !== undefined) ? cleanUpOnSignals() : undefined;
  try {
    return await runWith(api, request, options, outcome);
  } finally {
    cleanUp?.();
  }
}

/** The version to judge by, if the options name none: the cluster's own. */
async function versionOf(api: KubernetesApi, options: JsonObject): Promise<JsonObject> {
  if (options["kubernetesVersion"] !== undefined || options["openshiftVersion"] !== undefined) return {};
  const { discoverVersion } = await import("../cluster/facts/index.ts");
  const version = await discoverVersion(api);
  if (version !== undefined) return { kubernetesVersion: versionText(version) };
  throw new Unusable("the cluster does not tell its version: name it with --kubernetes-version 1.31");
}

async function runWith(
  api: KubernetesApi,
  { settings, baseline }: Pick<Awaited<ReturnType<typeof runRequestOf>>, "settings" | "baseline">,
  options: JsonObject,
  outcome: CheckOutcomeOptions,
): Promise<number> {
  const { policies, notes } = await policiesOf(api, settings, options);
  const [{ readCluster }, { auditFindings, CLUSTER }] = await Promise.all([
    import("../cluster/audit/index.ts"),
    // Only this prints YAML, and the library for that is large.
    import("../audit/findings/index.ts"),
  ]);
  const { needs } = policies;
  const read = await readCluster(api, {
    namespace: textOf(options, "namespace"),
    needs,
    withLabels: policies.size > 0,
  });
  const { version, cluster, today: day } = settings;
  baseline?.recordFile(CLUSTER);
  const found = auditFindings(
    { ...read, leftOut: [...notes, ...read.leftOut] },
    { version, cluster, policies, today: day, namespaceLabels: read.namespaceLabels, inventory: read.inventory },
    (finding) => baseline?.suppressIfKnown(finding) ?? finding,
  );
  const { findings, summary } = await report(found, settings, outcome, policies.size > 0);
  for (const gone of baseline?.resolvedFindings() ?? []) {
    printNote(
      `known finding is gone: ${gone.rule} at ${gone.field}${gone.service === undefined ? "" : ` of ${gone.service}`}`,
    );
  }
  return finish(findings, summary, outcome);
}

/** The policies of the options, and those of the cluster if they are asked for. */
async function policiesOf(
  api: KubernetesApi,
  settings: Settings,
  options: JsonObject,
): Promise<{ readonly policies: PolicySet; readonly notes: readonly string[] }> {
  const { policies } = await makeContext({ settings, old: undefined, wantsServices: false });
  if (options["clusterPolicies"] !== true) return { policies, notes: [] };
  const { readClusterPolicies } = await import("../cluster/policies/index.ts");
  const { set, notes } = await readClusterPolicies(api);
  return { policies: policies.and(set), notes };
}

async function report(
  found: Generator<CheckFinding, Summary>,
  { version, clusterName }: Settings,
  { reports: targets, failOn }: CheckOutcomeOptions,
  withPolicies: boolean,
): Promise<{ readonly findings: readonly CheckFinding[]; readonly summary: Summary }> {
  const stdout = new StandardOutput(standardStream(1));
  const reports = await ReportSet.open(
    targets,
    {
      version: VERSION,
      rule: await ruleTexts(withPolicies),
      failOn,
      ...(targets.some(({ format }) => format === "html") && { run: runFacts(process.env, process.argv.slice(2)) }),
      target: { kubernetes: versionText(version), cluster: clusterName },
    },
    stdout,
  );
  const findings: CheckFinding[] = [];
  let step = found.next();
  for (; step.done !== true; step = found.next()) {
    reports.add({ type: "finding", finding: step.value });
    findings.push(step.value);
  }
  reports.end(step.value);
  await stdout.flush();
  return { findings, summary: step.value };
}

function finish(
  findings: readonly CheckFinding[],
  { services, errors, warnings }: Summary,
  { writeBaseline: file, failOn, failIfEmpty, requiresPolicy }: CheckOutcomeOptions,
): number {
  if (file !== undefined) {
    writeBaseline(file, findings);
    printNote(`${countPhrase(findings.length, "finding")} written to ${file}`);
    return EXIT_CODES.success;
  }
  if (errors > 0 || (failOn === "warning" && warnings > 0)) return EXIT_CODES.failure;
  if (services > 0 || !(failIfEmpty || requiresPolicy)) return EXIT_CODES.success;
  printNote("there is no Service to judge");
  return EXIT_CODES.empty;
}

/** Prints a line for people on standard error: standard output is for the reports. */
function printNote(text: string): void {
  process.stderr.write(`fairlead audit: ${logLine(text)}\n`);
}
