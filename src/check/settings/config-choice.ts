import { equalJson, type JsonObject } from "../../field/index.ts";
import { Unusable } from "../../usage/index.ts";
import { parseGitLocation } from "../inputs/index.ts";
import { configText, type Configuration, findConfig, parseSettings, readConfig, readConfigAt } from "./config.ts";
import { type CheckOption, optionKey } from "../../examine/settings/index.ts";
import { CHECK_OPTIONS } from "./options.ts";

/** The configuration of a run, with notes about settings that do not apply. */
export interface ConfigChoice {
  readonly config: Configuration | undefined;
  /** Settings of a configuration that are not used, one sentence each. */
  readonly notes: readonly string[];
}

const REPORT_OPTIONS: ReadonlySet<string> = new Set(
  CHECK_OPTIONS.filter((option: CheckOption) => option.affectsReportsOnly === true).map(({ flag }) => optionKey(flag)),
);

/**
 * The configuration that the command line asks for: none, a named file, that of a commit, or the nearest file.
 *
 * With a configuration of a commit, the notes say what the checkout's own file, which may come from a pull request,
 * would have changed. With `--require-policy`, a configuration of the checkout cannot change what is judged.
 * @param folder the folder in which the check runs
 * @throws {Unusable} if the configuration cannot be read or is invalid
 */
export async function chooseConfig(flags: JsonObject, folder = process.cwd()): Promise<ConfigChoice> {
  const { config: named } = flags;
  if (named === false) return { config: undefined, notes: [] };
  const name = typeof named === "string" ? named : undefined;
  const location = parseGitLocation(name ?? "");
  if (name !== undefined && location !== undefined) {
    const config = await readConfigAt(location.ref, location.path, folder);
    return { config, notes: notesOfCheckout(config, name, folder) };
  }
  const file = name ?? findConfig(folder);
  const config = file === undefined ? undefined : readConfig(file);
  return config !== undefined && flags["requirePolicy"] !== undefined
    ? withoutJudgementSettings(config)
    : { config, notes: [] };
}

/**
 * The settings that apply together with `--require-policy`: those of reports, and `failOn: warning`, which is stricter.
 */
function withoutJudgementSettings(config: Configuration): ConfigChoice {
  const isKept = ([key, value]: [string, unknown]): boolean =>
    REPORT_OPTIONS.has(key) || (key === "failOn" && value === "warning");
  const entries = Object.entries(config.options);
  const unused = Object.fromEntries(entries.filter((entry) => !isKept(entry)));
  return {
    config: { ...config, options: Object.fromEntries(entries.filter(isKept)) },
    notes: unusedSettingsNote(config.name, unused, "not used beside --require-policy"),
  };
}

/** A note if the checkout's own configuration differs from that of the commit. */
function notesOfCheckout(config: Configuration | undefined, named: string, folder: string): readonly string[] {
  const file = findConfig(folder);
  if (file === undefined) return [];
  const own = checkoutSettings(file);
  if (own === undefined) return [`${file} cannot be read; ${config?.name ?? named} is used`];
  if (equalJson(own, config?.written ?? {})) return [];
  return unusedSettingsNote(
    `this checkout's own ${file}`,
    own,
    `not used: ${config?.name ?? `${named}, which has none,`} holds`,
  );
}

function checkoutSettings(file: string): JsonObject | undefined {
  try {
    return parseSettings(configText(file));
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}

/** The longest text of one setting in a note, in UTF-16 units; longer ones are cut. */
const MAX_SETTING_LENGTH = 80;
/** The most settings that a note lists; of the others it gives the number. */
const MAX_SETTINGS = 20;

function unusedSettingsNote(source: string, settings: JsonObject, why: string): string[] {
  const all = Object.entries(settings).map(([key, value]) => clipped(`${key}: ${JSON.stringify(value)}`));
  if (all.length === 0) return [];
  const more = all.length > MAX_SETTINGS ? [`${all.length - MAX_SETTINGS} more`] : [];
  return [`${source} asks for ${[...all.slice(0, MAX_SETTINGS), ...more].join(", ")}; ${why}`];
}

function clipped(text: string): string {
  return text.length > MAX_SETTING_LENGTH ? `${text.slice(0, MAX_SETTING_LENGTH)}...` : text;
}
