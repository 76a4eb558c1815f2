import { resolve } from "node:path";
import { makeContext, type RunContext } from "../../check/context/index.ts";
import { commitOf, parseGitLocation } from "../../check/inputs/index.ts";
import { type RunRequest, runRequestOf } from "../../check/run/index.ts";
import { chooseConfig, findConfig, InvalidConfig } from "../../check/settings/index.ts";
import type { JsonObject } from "../../field/index.ts";
import { compileFiles, type PolicyProblem, type SourceFile } from "../../policy/files/index.ts";
import { Unusable } from "../../usage/index.ts";
import { type ClientSettings, checkOptionsOf } from "./client-settings.ts";
import type { FileProblem } from "./file-problem.ts";

/** The settings of a folder, as `fairlead check` would have them there. */
export interface FolderSettings {
  readonly request: Omit<RunRequest, "wantsServices">;
  /** Without the objects around: those change more often. */
  readonly context: RunContext;
  /** The files and folders that all this was read from, as absolute paths. */
  readonly sources: readonly string[];
  /** The commit that is judged against, by its name and as it was when it was read. */
  readonly commit: { readonly ref: string; readonly hash: string | undefined } | undefined;
}

/** What came of reading the settings of a folder. */
export type LoadedSettings =
  | { readonly settings: FolderSettings; readonly notes: readonly string[] }
  /** Why there are none: problems at their places, and the message about all of them. */
  | { readonly message: string; readonly problems: readonly FileProblem[]; readonly sources: readonly string[] };

/** Where settings are read. */
export interface SettingsPlace {
  readonly folder: string;
  /** Whether `.fairlead.yaml` counts. */
  readonly usesConfig: boolean;
}

/**
 * Reads the settings of a folder: the nearest `.fairlead.yaml`, what it names, and what the user has set in the editor.
 * @param today `YYYY-MM-DD`
 */
export async function loadSettings(
  { folder, usesConfig }: SettingsPlace,
  client: ClientSettings,
  today: string,
): Promise<LoadedSettings> {
  const file = usesConfig ? findConfig(folder) : undefined;
  const notes: string[] = [];
  let sources = file === undefined ? [] : [file];
  let policies: readonly SourceFile[] = [];
  try {
    const { config } = await chooseConfig(usesConfig ? {} : { config: false }, folder);
    const own = checkOptionsOf(client, folder);
    // The user's setting is for all folders, and not each of them is in a repository.
    const commit = commitOfOptions(own, folder);
    if (commit !== undefined && commit.hash === undefined) {
      notes.push(`${folder} has no ${commit.ref} to judge against: its Services are judged as new ones`);
      delete own["against"];
    }
    const options = { ...config?.options, ...own };
    sources = [...sources, ...sourcesOf(options)];
    const request = await runRequestOf([folder], options, today, (note) => notes.push(note), folder);
    ({ policies } = request.settings);
    const context = await makeContext({ ...request, wantsServices: true });
    return { settings: { request, context, sources, commit: commitOfOptions(options, folder) }, notes };
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { message: error.message, problems: problemsOf(error, file, policies), sources };
  }
}

/** The commit that `against` names. */
function commitOfOptions({ against }: JsonObject, folder: string): FolderSettings["commit"] {
  const location = typeof against === "string" ? parseGitLocation(against) : undefined;
  return location === undefined ? undefined : { ref: location.ref, hash: hashOf(location.ref, folder) };
}

/** The hash of a commit; undefined if there is no such commit any more. */
export function hashOf(ref: string, folder: string): string | undefined {
  try {
    return commitOf({ option: "--against", folder }, ref);
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}

/** The options that name files and folders. */
const NAMING_FILES = ["policy", "namespaces", "clusterProfile", "inventory", "baseline", "against"];

function sourcesOf(options: JsonObject): string[] {
  const named = NAMING_FILES.flatMap((key) => [options[key]].flat()).filter((value) => typeof value === "string");
  return named.filter((name) => parseGitLocation(name) === undefined).map((name) => resolve(name));
}

/** @param file the configuration */
function problemsOf(error: Unusable, file: string | undefined, policies: readonly SourceFile[]): FileProblem[] {
  if (error instanceof InvalidConfig && file !== undefined)
    return error.problems.map((problem) => ({ file, column: 1, ...problem }));
  const { problems } = compileFiles(policies);
  if (problems.length > 0) return problems.map(policyFileProblem);
  return file === undefined ? [] : [{ file, line: 1, column: 1, message: error.message }];
}

/** A problem of a policy, with its field in the message. */
export function policyFileProblem({ file, line, column, path, message }: PolicyProblem): FileProblem {
  const field = path.toString();
  return { file: resolve(file), line, column, message: field === "" ? message : `${field}: ${message}` };
}
