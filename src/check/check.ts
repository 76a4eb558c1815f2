import type { JsonObject } from "../field/index.ts";
import type { CheckFinding } from "../examine/model/index.ts";
import type { Summary } from "../reports/model/index.ts";
import { runCheck, runRequestOf } from "./run/index.ts";

/** The options of `fairlead check` by their names in camel case, as in `.fairlead.yaml`. */
export interface CheckOptions {
  /** `1.36`; one that is not known is judged by the nearest known one. */
  readonly kubernetesVersion?: string;
  /** `4.16`, in place of the Kubernetes version. */
  readonly openshiftVersion?: string;
  /** Feature gates of the API server, `NAME=BOOL` each. */
  readonly featureGate?: readonly string[];
  /** `ipv4`, `ipv6`, `dual`, `dual6`, or a file. */
  readonly clusterProfile?: string;
  readonly serviceCidr?: readonly string[];
  readonly nodePortRange?: string;
  readonly fieldValidation?: "strict" | "warn" | "ignore";
  readonly namespace?: string;
  readonly serverDryRun?: boolean;
  /** The previous state: a file, a folder, or `git:REF`. */
  readonly against?: string;
  /** Files, folders, or names of ready-made policy sets. */
  readonly policy?: readonly string[];
  /** Files with manifests of Namespaces, for policies that match by namespace labels. */
  readonly namespaces?: readonly string[];
  /** Files and folders with what is in the cluster already, for rules that look at several objects. */
  readonly inventory?: readonly string[];
  /** Whether what is checked (and `inventory`) is all there is in its cluster. */
  readonly complete?: boolean;
  readonly exclude?: readonly string[];
  /** Globs of folders whose manifests are applied to a cluster of their own. */
  readonly sets?: readonly string[];
  /** Whether a file of a searched folder that is not a manifest is an error. */
  readonly strictFiles?: boolean;
  readonly baseline?: string;
  /** Whether a document without a kind is taken for a Service. */
  readonly assumeService?: boolean;
  /** `YYYY-MM-DD`, the day by which exemptions expire; by default the day of the call. */
  readonly today?: string;
}

/** The result of a check. */
export interface CheckResult {
  readonly findings: readonly CheckFinding[];
  readonly summary: Summary;
}

/**
 * Checks manifests as `fairlead check` does.
 * @param paths files, folders, globs, or `-` for standard input
 * @throws {Unusable} if an option, a policy or a baseline cannot be used; problems of the inputs are findings
 */
export async function check(paths: readonly string[], options: CheckOptions = {}): Promise<CheckResult> {
  const { today = new Date().toISOString().slice(0, "YYYY-MM-DD".length), ...rest } = options;
  const settings: JsonObject = { ...rest, workers: "0" };
  const run = runCheck({ ...(await runRequestOf(paths, settings, today, () => undefined)), wantsServices: false });
  const findings: CheckFinding[] = [];
  let step = await run.next();
  for (; step.done !== true; step = await run.next()) {
    if (step.value.type === "finding") findings.push(step.value.finding);
  }
  return { findings, summary: step.value };
}
