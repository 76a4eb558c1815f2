import type { JsonObject } from "../field/json.ts";
import { type Configuration, configText, findConfig, readConfig, readConfigAt, settingsIn } from "./config.ts";
import { gitPlace } from "./named.ts";
import { CHECK_OPTIONS, type CheckOption, optionKey } from "./options.ts";
import { Unusable } from "./unusable.ts";

/** The configuration that holds for a run, and what is to be said of others. */
export interface Chosen {
  readonly config: Configuration | undefined;
  /** What was asked for and is not done, a sentence each. */
  readonly notes: readonly string[];
}

const OF_REPORTS: ReadonlySet<string> = new Set(
  CHECK_OPTIONS.filter((option: CheckOption) => option.isOfReports === true).map(({ flag }) => optionKey(flag)),
);

/**
 * The configuration that the command line asks for: none, a named one, one of a commit, or the nearest one. Of a commit's
 * the checkout's own one is told, which may be what a pull request would like. Beside required policies one of the
 * checkout changes nothing of what is judged.
 * @throws {Unusable}
 */
export async function chooseConfig(flags: JsonObject): Promise<Chosen> {
  const { config: named } = flags;
  if (named === false) return { config: undefined, notes: [] };
  const name = typeof named === "string" ? named : undefined;
  const place = gitPlace(name ?? "");
  if (name !== undefined && place !== undefined) {
    const config = await readConfigAt(place.ref, place.path);
    return { config, notes: notesOfOwn(config, name) };
  }
  const file = name ?? findConfig(process.cwd());
  const config = file === undefined ? undefined : readConfig(file);
  return config !== undefined && flags["requirePolicy"] !== undefined ? bounded(config) : { config, notes: [] };
}

/** What may be said beside required policies: how the run is reported, and that it is to be stricter. */
function bounded(config: Configuration): Chosen {
  const isKept = ([key, value]: [string, unknown]): boolean =>
    OF_REPORTS.has(key) || (key === "failOn" && value === "warning");
  const entries = Object.entries(config.options);
  const unused = Object.fromEntries(entries.filter((entry) => !isKept(entry)));
  return {
    config: { ...config, options: Object.fromEntries(entries.filter(isKept)) },
    notes: asksFor(config.name, unused, "not used beside --require-policy"),
  };
}

/** What the checkout's own configuration says that the one of the commit does not. */
function notesOfOwn(config: Configuration | undefined, named: string): readonly string[] {
  const file = findConfig(process.cwd());
  if (file === undefined) return [];
  const own = ownSettings(file);
  if (own === undefined) return [`${file} cannot be read; ${config?.name ?? named} is used`];
  const used = JSON.stringify(config?.given ?? {});
  if (JSON.stringify(own) === used) return [];
  return asksFor(`this checkout's own ${file}`, own, `not used: ${config?.name ?? `${named}, which has none,`} holds`);
}

function ownSettings(file: string): JsonObject | undefined {
  try {
    return settingsIn(configText(file));
  } catch (error) {
    if (error instanceof Unusable) return undefined;
    throw error;
  }
}

/** More of a value than this is not told. */
const LONGEST = 80;
/** Of more settings than this no more than the number is told. */
const MOST = 20;

function asksFor(who: string, settings: JsonObject, why: string): string[] {
  const all = Object.entries(settings).map(([key, value]) => clipped(`${key}: ${JSON.stringify(value)}`));
  if (all.length === 0) return [];
  const more = all.length > MOST ? [`${all.length - MOST} more`] : [];
  return [`${who} asks for ${[...all.slice(0, MOST), ...more].join(", ")}; ${why}`];
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
