import { availableParallelism } from "node:os";
import type { JsonObject } from "../field/json.ts";
import { readBaseline } from "./baseline.ts";
import { Exclusion } from "./exclusion.ts";
import { readPolicyFiles } from "./named.ts";
import { readNamespaceLabels } from "./namespaces.ts";
import { loadOldServices } from "./old-state.ts";
import { readReportTarget, type ReportTarget } from "./output.ts";
import { readProfile } from "./profile.ts";
import { type Show, SHOWS } from "./reports/views.ts";
import type { RunRequest } from "./run.ts";
import {
  defaultSettings,
  readFieldValidation,
  readPortRange,
  readServiceCIDRs,
  readVersion,
  type Settings,
} from "./settings.ts";
import { Unusable } from "./unusable.ts";

/** What the command does with what a run finds. */
export interface CheckOutcomeOptions {
  readonly reports: readonly ReportTarget[];
  readonly failOn: "error" | "warning";
  readonly failIfEmpty: boolean;
  /** Whether policies are required, which say nothing where there is no Service. */
  readonly requiresPolicy: boolean;
  readonly writeBaseline: string | undefined;
  readonly show: Show | undefined;
}

/**
 * The run that the options ask for; `wantsServices` is for who opens the reports to say.
 * @param say told what the user should know of the options, in one sentence
 * @throws {Unusable}
 */
export async function runRequestOf(
  paths: readonly string[],
  options: JsonObject,
  today: string,
  say: (sentence: string) => void,
): Promise<Omit<RunRequest, "wantsServices">> {
  const settings = await settingsOf(options, today);
  const against = textOf(options, "against");
  const baseline = textOf(options, "baseline");
  const exclude = listOf(options, "exclude");
  return {
    paths,
    settings,
    exclude: new Exclusion(exclude),
    old: against === undefined ? undefined : await loadOldServices(against, { paths, exclude }, settings, say),
    baseline: baseline === undefined ? undefined : await readBaseline(baseline),
    fix: options["fix"] === true,
    workers: workersOf(textOf(options, "workers")),
    filesForWorkers: textOf(options, "workers") === undefined ? FILES_WORTH_WORKERS : 1,
  };
}

/** How the judgement is set. @throws {Unusable} naming the option that cannot be used */
export async function settingsOf(options: JsonObject, today: string): Promise<Settings> {
  const defaults = defaultSettings(today);
  const version = textOf(options, "kubernetesVersion");
  const validation = textOf(options, "fieldValidation");
  const clusterName = textOf(options, "clusterProfile") ?? defaults.clusterName;
  const profile = await readProfile(clusterName);
  const cidrs = listOf(options, "serviceCidr");
  const range = textOf(options, "nodePortRange");
  return {
    ...defaults,
    ...(version === undefined ? {} : { version: readVersion(version) }),
    ...(validation === undefined ? {} : { fieldValidation: readFieldValidation(validation) }),
    clusterName: cidrs.length > 0 ? cidrs.join(", ") : clusterName,
    cluster: {
      serviceCIDRs: cidrs.length > 0 ? readServiceCIDRs(cidrs) : profile.serviceCIDRs,
      nodePortRange: range === undefined ? profile.nodePortRange : readPortRange(range),
    },
    namespace: textOf(options, "namespace") ?? defaults.namespace,
    dryRun: options["dryRun"] === true,
    // What is required comes first: of a file that is named twice it is the one that is meant.
    policies: await readPolicyFiles([...listOf(options, "requirePolicy"), ...listOf(options, "policy")]),
    namespaceLabels: await readNamespaceLabels(listOf(options, "namespaces")),
    assumeService: options["assumeService"] === true,
  };
}

/** What is to become of the findings. @throws {Unusable} */
export function outcomeOptionsOf(options: JsonObject): CheckOutcomeOptions {
  const formats = listOf(options, "format");
  const failOn = textOf(options, "failOn") ?? "error";
  if (failOn !== "error" && failOn !== "warning") {
    throw new Unusable(`${JSON.stringify(failOn)} is no severity to fail on; write error or warning`);
  }
  const text = textOf(options, "show");
  const show = SHOWS.find((one) => one === text);
  if (text !== undefined && show === undefined) {
    throw new Unusable(`${JSON.stringify(text)} cannot be shown; write ${SHOWS.join(", ")}`);
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
 * A thread starts cold, and what it finds must be handed over: on two cores fewer files than these are done sooner without
 * (`npm run bench -- check`). Who names a number of threads gets them at once.
 */
const FILES_WORTH_WORKERS = 8000;

/** This thread has little to do beside the others: it counts and writes. More than a few only wait for the disk. */
function workersOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism() < 2 ? 0 : Math.min(availableParallelism(), 4);
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 0 || workers > 64) {
    throw new Unusable(`${JSON.stringify(text)} is no number of threads; write 0 to 64`);
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
