import { resolve } from "node:path";
import { makeContext, type RunContext } from "../../check/context/index.ts";
import { commitOf, parseGitLocation } from "../../check/inputs/index.ts";
import { type RunRequest, runRequestOf } from "../../check/run/index.ts";
import { chooseConfig, findConfig, InvalidConfig } from "../../check/settings/index.ts";
import type { JsonObject } from "../../field/index.ts";
import { readSource } from "../../files/index.ts";
import type { SourceFile } from "../../policy/files/index.ts";
import { readText } from "../../text/index.ts";
import { Unusable } from "../../usage/index.ts";
import { type ClientSettings, checkOptionsOf } from "./client-settings.ts";
import type { FileProblem } from "./file-problem.ts";
import { type Fault, faultText, policyFaults, settingFault } from "./setting-faults.ts";

/** The settings of a folder, as `fairlead check` would have them there. */
export interface FolderSettings {
  readonly request: Omit<RunRequest, "wantsServices">;
  /** Without the objects around: those change more often. */
  readonly context: RunContext;
  /** The commit that is judged against, by its name and as it was when it was read. */
  readonly commit: { readonly ref: string; readonly hash: string | undefined } | undefined;
}

/** What came of reading the settings of a folder. */
export interface LoadedSettings {
  /** The settings; if any of them is at fault, without those that are. */
  readonly settings: FolderSettings;
  /** What is wrong with them, for people; undefined if nothing is. */
  readonly message: string | undefined;
  /** What is wrong with them, at its place. */
  readonly problems: readonly FileProblem[];
  readonly notes: readonly string[];
  /** The files and folders that all this was read from, as absolute paths. */
  readonly sources: readonly string[];
}

/** Where settings are read. */
export interface SettingsPlace {
  readonly folder: string;
  /** The folder that paths in the editor's settings start from. */
  readonly workspace: string;
  /** Whether `.fairlead.yaml` counts. */
  readonly usesConfig: boolean;
}

/**
 * Reads the settings of a folder: the nearest `.fairlead.yaml`, what it names, and what the user has set in the editor.
 * @param today `YYYY-MM-DD`
 */
export async function loadSettings(
  { folder, workspace, usesConfig }: SettingsPlace,
  client: ClientSettings,
  today: string,
): Promise<LoadedSettings> {
  const file = usesConfig ? findConfig(folder) : undefined;
  const config = await configOptions(file, folder);
  const own = checkOptionsOf(client, workspace);
  const notes: string[] = [];
  // The user's setting is for all folders, and not each of them is in a repository.
  const commit = commitOfOptions(own, folder);
  if (commit !== undefined && "reason" in commit) {
    notes.push(`fairlead.${commit.reason}; Services of ${folder} are judged as new ones`);
    delete own["against"];
  }
  const options = { ...config.options, ...own };
  const sources = [...(file === undefined ? [] : [file]), ...sourcesOf(options)];
  const attempt = await attempted(options, folder, today);
  const faults = [
    ...config.faults,
    ...("error" in attempt ? await faultsOf(attempt, { own, options, file, folder, today }) : []),
  ];
  const faulty = new Set(faults.map(({ key }) => key));
  const usable = Object.fromEntries(Object.entries(options).filter(([key]) => !faulty.has(key)));
  const { settings, notes: more } =
    "error" in attempt ? ((await usableOf(usable, folder, today)) ?? (await byDefault(folder, today))) : attempt;
  const message = faults.length === 0 ? undefined : faults.map((fault) => faultText(fault, folder)).join("\n");
  return { settings, message, problems: faults.flatMap((fault) => fault.places), notes: [...notes, ...more], sources };
}

interface Attempt {
  readonly settings: FolderSettings;
  readonly notes: readonly string[];
}

interface Failure {
  readonly error: Unusable;
  /** The policies, if it got that far. */
  readonly policies: readonly SourceFile[];
}

/** What the options of the configuration are, or why there are none. */
async function configOptions(
  file: string | undefined,
  folder: string,
): Promise<{ readonly options: JsonObject; readonly faults: readonly Fault[] }> {
  if (file === undefined) return { options: {}, faults: [] };
  try {
    return { options: (await chooseConfig({}, folder)).config?.options ?? {}, faults: [] };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    const problems = error instanceof InvalidConfig ? error.problems : [{ line: 1, message: error.message }];
    return {
      options: {},
      faults: problems.map(({ line, message }) => ({
        key: undefined,
        message,
        places: [{ file, line, column: 1, message }],
      })),
    };
  }
}

async function attempted(options: JsonObject, folder: string, today: string): Promise<Attempt | Failure> {
  const notes: string[] = [];
  let policies: readonly SourceFile[] = [];
  try {
    const request = await runRequestOf([folder], options, today, (note) => notes.push(note), folder);
    ({ policies } = request.settings);
    const context = await makeContext({ ...request, wantsServices: true });
    const commit = commitOfOptions(options, folder);
    return {
      settings: { request, context, commit: commit && { ref: commit.ref, hash: hashIn(commit) } },
      notes,
    };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { error, policies };
  }
}

/** What can be used of options of which some are at fault; undefined if nothing can, as they contradict each other. */
async function usableOf(options: JsonObject, folder: string, today: string): Promise<Attempt | undefined> {
  const attempt = await attempted(options, folder, today);
  return "error" in attempt ? undefined : attempt;
}

async function byDefault(folder: string, today: string): Promise<Attempt> {
  const attempt = await attempted({}, folder, today);
  if ("error" in attempt) throw attempt.error;
  return attempt;
}

/** What the options come from. */
interface OptionOrigin {
  /** Those that the user has set in the editor. */
  readonly own: JsonObject;
  readonly options: JsonObject;
  /** The configuration. */
  readonly file: string | undefined;
  readonly folder: string;
  readonly today: string;
}

/** Each option that cannot be used even alone, or else that the options do not go together. */
async function faultsOf(failure: Failure, { own, options, file, folder, today }: OptionOrigin): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [key, value] of Object.entries(options)) {
    const alone = await attempted({ [key]: value }, folder, today);
    if (!("error" in alone)) continue;
    const isOwn = Object.hasOwn(own, key);
    const inPolicies = policyFaults(alone.policies, key);
    const setting = {
      key,
      name: isOwn ? `fairlead.${key}` : key,
      place: isOwn || file === undefined ? undefined : { file, line: lineOf(key, file) },
    };
    faults.push(...(inPolicies.length > 0 ? inPolicies : [settingFault(setting, alone, folder)]));
  }
  if (faults.length > 0) return faults;
  const place = Object.keys(own).length === 0 && file !== undefined ? { file, line: 1 } : undefined;
  return [settingFault({ key: undefined, name: undefined, place }, failure, folder)];
}

/** The line of a key of the configuration. */
function lineOf(key: string, file: string): number {
  const source = readSource(file);
  const [document] = "text" in source ? readText(source.text, { format: "yaml" }).documents : [];
  return document?.locate([key], "key")?.startLine ?? 1;
}

/** A commit by its name, with its hash or the reason why it cannot be found. */
type NamedCommit = { readonly ref: string } & ({ readonly hash: string } | { readonly reason: string });

/** The commit that `against` names. */
function commitOfOptions({ against }: JsonObject, folder: string): NamedCommit | undefined {
  const location = typeof against === "string" ? parseGitLocation(against) : undefined;
  return location === undefined ? undefined : { ref: location.ref, ...foundCommit(location.ref, folder) };
}

function foundCommit(ref: string, folder: string): { readonly hash: string } | { readonly reason: string } {
  try {
    return { hash: commitOf({ option: "against", folder }, ref) };
  } catch (error) {
    if (error instanceof Unusable) return { reason: error.message };
    throw error;
  }
}

function hashIn(commit: { readonly hash: string } | { readonly reason: string }): string | undefined {
  return "hash" in commit ? commit.hash : undefined;
}

/** The hash of a commit; undefined if there is no such commit any more. */
export function hashOf(ref: string, folder: string): string | undefined {
  return hashIn(foundCommit(ref, folder));
}

/** The options that name files and folders. */
const NAMING_FILES = ["policy", "namespaces", "clusterProfile", "inventory", "baseline", "against"];

function sourcesOf(options: JsonObject): string[] {
  const named = NAMING_FILES.flatMap((key) => [options[key]].flat()).filter((value) => typeof value === "string");
  return named.filter((name) => parseGitLocation(name) === undefined).map((name) => resolve(name));
}
