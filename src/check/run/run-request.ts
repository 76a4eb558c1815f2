import { availableParallelism } from "node:os";
import type { JsonObject } from "../../field/index.ts";
import { readReportTarget, type ReportTarget, SERVICE_VIEWS, type ServiceView } from "../../reports/index.ts";
import type { ClusterProfile } from "../../service/cluster/index.ts";
import { Unusable } from "../../usage/index.ts";
import { loadOldState } from "../against/index.ts";
import { Exclusion, parseGitLocation, readPolicyFiles } from "../inputs/index.ts";
import type { GivenObjects } from "../inventory/index.ts";
import { defaultSettings, type Settings } from "../../examine/settings/index.ts";
import {
  readApplyMode,
  readFieldValidation,
  readNamespaceLabels,
  readPortRange,
  readProfile,
  readServiceCIDRs,
  readTargetVersion,
} from "../settings/index.ts";
import { readBaseline } from "./baseline.ts";
import type { RunRequest } from "./run.ts";

/** What the command does with the findings of a run. */
export interface CheckOutcomeOptions {
  readonly reports: readonly ReportTarget[];
  readonly failOn: "error" | "warning";
  readonly failIfEmpty: boolean;
  /** Whether `--require-policy` was given: then a run without Services, to which no policy applies, is not clean. */
  readonly requiresPolicy: boolean;
  readonly writeBaseline: string | undefined;
  readonly show: ServiceView | undefined;
}

/**
 * The run that the options ask for, except `wantsServices`, which depends on the reports.
 * @param note called with notes for the user about the options, one sentence each
 * @param folder the folder in which the check runs: commits are those of its repository
 * @throws {Unusable} if an option or a file that it names cannot be used
 */
export async function runRequestOf(
  paths: readonly string[],
  options: JsonObject,
  today: string,
  note: (sentence: string) => void,
  folder = process.cwd(),
): Promise<Omit<RunRequest, "wantsServices">> {
  const settings = await settingsOf(options, today, note, folder);
  const against = textOf(options, "against");
  const baseline = textOf(options, "baseline");
  const exclude = listOf(options, "exclude");
  const inventory = listOf(options, "inventory");
  const before =
    against === undefined ? undefined : await loadOldState(against, { paths, exclude, folder }, settings, note);
  return {
    paths,
    settings,
    exclude: new Exclusion(exclude),
    old: before?.services,
    oldOthers: before?.others ?? [],
    sets: listOf(options, "sets"),
    baseline: baseline === undefined ? undefined : await readBaseline(baseline, folder),
    given: await givenObjects(inventory, paths, { ...settings, folder }, against !== undefined),
    isComplete: options["complete"] === true,
    isOldOfPaths: against !== undefined && options["render"] !== true && isCommit(against),
    fix: fixOf(options),
    render: options["render"] === true ? { values: listOf(options, "helmValues") } : undefined,
    workers: workersOf(textOf(options, "workers")),
    areWorkersAskedFor: textOf(options, "workers") !== undefined,
  };
}

/** Whether the previous state is what a whole commit has at the paths of the run. */
function isCommit(against: string): boolean {
  const location = parseGitLocation(against);
  return location !== undefined && location.path === undefined;
}

/** What `--inventory` names. @param wantsPlaces whether the references in it may be reported @throws {Unusable} */
async function givenObjects(
  sources: readonly string[],
  paths: readonly string[],
  settings: Settings & { readonly folder: string },
  wantsPlaces: boolean,
): Promise<GivenObjects> {
  if (sources.length === 0) return { objects: [], references: [] };
  const { readGivenObjects } = await import("../inventory/index.ts");
  return readGivenObjects(sources, paths, settings, wantsPlaces);
}

/** @throws {Unusable} for `--dry-run` without `--fix`: that once was what `--server-dry-run` is */
function fixOf(options: JsonObject): "write" | "show" | undefined {
  const [fix, isDry] = [options["fix"] === true, options["dryRun"] === true];
  if (isDry && !fix) {
    throw new Unusable(
      "--dry-run shows what --fix would change; to judge as a server-side dry run does, use --server-dry-run",
    );
  }
  if (!fix) return undefined;
  return isDry ? "show" : "write";
}

/** The settings of the judgement. @throws {Unusable} with the option that cannot be used */
async function settingsOf(
  options: JsonObject,
  today: string,
  note: (sentence: string) => void,
  folder: string,
): Promise<Settings> {
  const defaults = defaultSettings(today);
  const validation = textOf(options, "fieldValidation");
  const clusterName = textOf(options, "clusterProfile") ?? defaults.clusterName;
  const { cluster: profile, featureGates: profileGates } = await readProfile(clusterName, folder);
  const {
    version,
    asked,
    note: versionNote,
  } = readTargetVersion({
    kubernetesVersion: textOf(options, "kubernetesVersion"),
    openshiftVersion: textOf(options, "openshiftVersion"),
    featureGates: listOf(options, "featureGate"),
    profileGates,
  });
  if (versionNote !== undefined) note(versionNote);
  const cidrs = listOf(options, "serviceCidr");
  const range = textOf(options, "nodePortRange");
  const apply = textOf(options, "apply");
  const namespace = textOf(options, "namespace");
  return {
    ...defaults,
    version,
    askedVersion: asked,
    ...(validation === undefined ? {} : { fieldValidation: readFieldValidation(validation) }),
    clusterName: cidrs.length > 0 ? cidrs.join(", ") : clusterName,
    cluster: {
      ...(cidrs.length > 0 ? withServiceCIDRs(profile, readServiceCIDRs(cidrs)) : profile),
      nodePortRange: range === undefined ? profile.nodePortRange : readPortRange(range),
    },
    ...(namespace !== undefined && { namespace, isNamespaceCertain: true }),
    ...(apply === undefined ? {} : { apply: readApplyMode(apply) }),
    dryRun: options["serverDryRun"] === true,
    // Required policies come first: of a file that is named twice, the first one counts.
    policies: await readPolicyFiles([...listOf(options, "requirePolicy"), ...listOf(options, "policy")], folder),
    namespaceLabels: await readNamespaceLabels(listOf(options, "namespaces"), folder),
    assumeService: options["assumeService"] === true,
    strictFiles: options["strictFiles"] === true,
  };
}

/** The profile with other service CIDRs, which are known then. */
function withServiceCIDRs(profile: ClusterProfile, serviceCIDRs: readonly string[]): ClusterProfile {
  const changed = { ...profile, serviceCIDRs };
  delete changed.areRangesUnknown;
  return changed;
}

/** How the findings are reported, and when they fail the run. @throws {Unusable} with the option that cannot be used */
export function outcomeOptionsOf(options: JsonObject): CheckOutcomeOptions {
  const formats = listOf(options, "format");
  const failOn = textOf(options, "failOn") ?? "error";
  if (failOn !== "error" && failOn !== "warning") {
    throw new Unusable(`${JSON.stringify(failOn)} is not a severity to fail on; write error or warning`);
  }
  const text = textOf(options, "show");
  const show = SERVICE_VIEWS.find((one) => one === text);
  if (text !== undefined && show === undefined) {
    throw new Unusable(`${JSON.stringify(text)} cannot be shown; write ${SERVICE_VIEWS.join(", ")}`);
  }
  return {
    reports: formats.length > 0 ? formats.map(readReportTarget) : [{ format: "text", file: undefined }],
    failOn,
    failIfEmpty: options["failIfEmpty"] === true,
    requiresPolicy: listOf(options, "requirePolicy").length > 0,
    writeBaseline: textOf(options, "writeBaseline"),
    show,
  };
}

/**
 * The main thread has a core, and what V8 does beside it (compiling, collecting garbage) has another one: each further core
 * gets a thread. More than three would wait for the disk.
 * @throws {Unusable}
 */
function workersOf(text: string | undefined): number {
  if (text === undefined) return Math.max(0, Math.min(availableParallelism() - 2, 3));
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 0 || workers > 64) {
    throw new Unusable(`${JSON.stringify(text)} is not a number of threads; write 0 to 64`);
  }
  return workers;
}

function textOf(options: JsonObject, key: string): string | undefined {
  const value = options[key];
  return typeof value === "string" ? value : undefined;
}

function listOf(options: JsonObject, key: string): string[] {
  const value = options[key];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : [];
}
