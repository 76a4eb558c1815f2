import { resolve } from "node:path";
import { versionOfNumber } from "../../check/settings/index.ts";
import { isObject, type JsonObject, nearestWord } from "../../field/index.ts";
import { isBuiltInSet } from "../../policy/files/index.ts";

/** What the user has set in the editor: `fairlead.*`. */
export interface ClientSettings {
  /** False: nothing is shown. */
  readonly enable: boolean;
  /** Whether the defaults that a Service gets are shown beside what is written. */
  readonly inlayHints: boolean;
  readonly kubernetesVersion?: string;
  /** Ready-made sets, files and folders of policies; files from the workspace folder on. */
  readonly policy?: readonly string[];
  /** A commit, branch or tag that manifests are judged against. */
  readonly against?: string;
}

/** What a setting must be, for people, and whether a value is that. */
interface SettingType {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const SWITCH: SettingType = { expected: "true or false", fits: (value) => typeof value === "boolean" };
/** For settings that the editor's own part reads. */
const ANYTHING: SettingType = { expected: "", fits: () => true };

const SETTINGS: ReadonlyMap<string, SettingType> = new Map([
  ["enable", SWITCH],
  ["inlayHints", SWITCH],
  ["kubernetesVersion", { expected: 'a version in quotes, such as "1.34"', fits: (value) => isVersion(value) }],
  ["policy", { expected: "a list of names and paths", fits: (value) => [value].flat().every(isString) }],
  ["against", { expected: "the name of a commit, branch or tag", fits: isString }],
  ["path", ANYTHING],
  ["trace", ANYTHING],
  ["showsStored", ANYTHING],
]);

/** Reads what the editor sends, which may be anything: what is not of the right type does not count. */
export function clientSettingsOf(value: unknown): ClientSettings {
  const settings = isObject(value) ? value : {};
  const { enable, inlayHints, against } = settings;
  const policy = [settings["policy"]].flat().filter((one) => typeof one === "string" && one !== "");
  const version = versionIn(settings["kubernetesVersion"]);
  return {
    enable: enable !== false,
    inlayHints: inlayHints === true,
    ...(version !== undefined && { kubernetesVersion: version }),
    ...(isText(against) && { against }),
    ...(policy.length > 0 && { policy: policy.map(String) }),
  };
}

/** What is wrong with settings that {@link clientSettingsOf} passes over: one sentence each. */
export function settingProblems(value: unknown): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, setting]) => {
    const type = SETTINGS.get(name);
    if (type === undefined) {
      const meant = nearestWord(name, SETTINGS.keys());
      return [`fairlead.${name} is not a setting${meant === undefined ? "" : `; did you mean fairlead.${meant}?`}`];
    }
    const isUnset = setting === null || setting === "";
    return isUnset || type.fits(setting) ? [] : [`fairlead.${name} must be ${type.expected}`];
  });
}

/** Whether an editor sends the settings under `fairlead`. */
export function hasFairleadSection(value: unknown): value is { readonly fairlead: unknown } {
  return isObject(value) && Object.hasOwn(value, "fairlead");
}

/** The settings under `fairlead`, if the editor sends them so, or else the value itself. */
export function fairleadSection(value: unknown): unknown {
  return hasFairleadSection(value) ? value.fairlead : value;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isText(value: unknown): value is string {
  return isString(value) && value !== "";
}

function isVersion(value: unknown): boolean {
  return versionIn(value) !== undefined;
}

/** A version, also one that was written without quotes. */
function versionIn(value: unknown): string | undefined {
  if (typeof value === "number") return versionOfNumber(value);
  return isText(value) ? value : undefined;
}

/**
 * The settings as options of the check: they take the place of those of the configuration, as options of a command line do.
 * @param workspace the folder that paths start from
 */
export function checkOptionsOf({ kubernetesVersion, policy, against }: ClientSettings, workspace: string): JsonObject {
  return {
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    ...(policy !== undefined && { policy: policy.map((source) => policySource(source, workspace)) }),
    ...(against !== undefined && { against: against.startsWith("git:") ? against : `git:${against}` }),
  };
}

function policySource(source: string, workspace: string): string {
  return isBuiltInSet(source) || source.startsWith("git:") ? source : resolve(workspace, source);
}
