import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { readNamedFile, STANDARD_INPUT } from "../../files/index.ts";
import { type AppliedSet, type FileRole, Kustomizations, Layout } from "../layout/index.ts";
import type { Exclusion } from "./exclusion.ts";
import { absolutePath, compileGlob } from "./glob.ts";
import { chartOf } from "./chart.ts";
import { kindOfTarget, type OnFolder, Walk, type WalkedEntry } from "./walk.ts";

/** A file to check. */
export interface InputFile {
  readonly type: "file";
  readonly file: string;
  /** Whether the user named it, rather than a folder that it was found in. */
  readonly isNamed: boolean;
  /** The sets of manifests that it belongs to, which are applied to one cluster each. */
  readonly sets: readonly AppliedSet[];
}

/** An input to check, or why it is not checked. */
export type Input =
  | InputFile
  | { readonly type: "skipped"; readonly file: string; readonly role: FileRole }
  | Exclude<WalkedEntry, { type: "file" | "folder" }>;

const GLOB_CHARACTER = /[*?[\]{}!]/;

/**
 * The inputs that paths name: files, folders with all manifests below them (`.yaml`, `.yml`, `.json`; hidden entries
 * and node_modules are skipped), globs, and `-` for standard input. Each file is yielded once, as soon as it is found,
 * so that the first can be checked before the last is found. Entries that are found rather than named may be traps in
 * an untrusted checkout: links out of the checked tree are not followed, and what is neither a file nor a folder is not
 * opened.
 */
export async function inputsOf(
  paths: readonly string[],
  exclusion: Exclusion,
  surroundings: Surroundings = {},
): Promise<Generator<Input>> {
  return inputsAmong(await stepsOf(paths, exclusion, surroundings));
}

/** Pauses for whatever else there is to do. */
export interface Pause {
  readonly isDue: boolean;
  readonly run: () => Promise<void>;
}

/** The same inputs, found with pauses, for a server that must go on answering. */
export async function* inputsWithPauses(
  paths: readonly string[],
  exclusion: Exclusion,
  surroundings: Surroundings & { readonly pause: Pause },
): AsyncGenerator<Input> {
  const { pause } = surroundings;
  for (const input of await stepsOf(paths, exclusion, surroundings)) {
    if (input !== undefined) yield input;
    if (pause.isDue) await pause.run();
  }
}

/** The inputs, and undefined for each folder on the way. */
async function stepsOf(
  paths: readonly string[],
  exclusion: Exclusion,
  surroundings: Surroundings,
): Promise<Generator<Input | undefined>> {
  const { folder = process.cwd(), layout = await layoutOf(paths, surroundings) } = surroundings;
  return stepsAt(await searchesOf(paths, folder), exclusion, layout);
}

function* inputsAmong(steps: Iterable<Input | undefined>): Generator<Input> {
  for (const input of steps) if (input !== undefined) yield input;
}

/** What is around the paths of a run. */
export interface Surroundings {
  /** Globs of folders that are sets of their own. */
  readonly sets?: readonly string[];
  /** The kustomizations of the folders, for who needs them again. */
  readonly kustomizations?: Kustomizations;
  /** The folder in which the check runs; by default the process's own. */
  readonly folder?: string;
  /** What {@link layoutOf} tells of the same paths, if that is known already. */
  readonly layout?: Layout;
  /** Who else wants to run; by default, there is a pause now and then. */
  readonly pause?: Pause;
}

/** The charts and kustomizations at the paths, which tell what the files in them are. */
export async function layoutOf(
  paths: readonly string[],
  { sets = [], kustomizations = kustomizationsOnDisk(), folder = process.cwd(), pause }: Surroundings,
): Promise<Layout> {
  const globs = sets.map((glob) => compileGlob(glob.replace(/\/+$/, ""), folder));
  const layout = new Layout(kustomizations, (each) => globs.some((glob) => glob.test(absolutePath(each))));
  await survey(paths, layout, folder, pause);
  return layout;
}

function* stepsAt(searches: readonly Search[], exclusion: Exclusion, layout: Layout): Generator<Input | undefined> {
  const seen = new Set<string>();
  // The walk through a single folder yields each file once: nothing has to be remembered.
  const mayRepeat = searches.length > 1 || searches.some(({ path }) => GLOB_CHARACTER.test(path));
  for (const { path, entries } of searches) {
    for (const entry of entries) {
      if (entry.type === "folder") {
        yield undefined;
        continue;
      }
      const isNamed = entry.file === path;
      // A named path that cannot be read is an error even if it is excluded.
      if (!(entry.type === "unreadable" && isNamed) && exclusion.excludes(entry.file)) continue;
      if (mayRepeat) {
        const key = `${entry.type} ${entry.type === "file" ? realPath(entry.file) : entry.file}`;
        if (seen.has(key)) continue;
        seen.add(key);
      }
      yield inputOf(entry, path, isNamed, layout);
    }
  }
}

function inputOf(
  entry: Exclude<WalkedEntry, { type: "folder" }>,
  path: string,
  isNamed: boolean,
  layout: Layout,
): Input {
  if (entry.type !== "file") return entry;
  const role = isNamed ? undefined : layout.roleOf(entry.file);
  if (role !== undefined) return { type: "skipped", file: entry.file, role };
  const root = isNamed || isPattern(path) ? "" : path;
  return { ...entry, isNamed, sets: layout.setsOf(entry.file, root) };
}

/** How many entries are listed before the event loop runs: signals are handled in between. */
const ENTRIES_AT_ONCE = 2000;

/** Finds the charts and kustomizations before the first file: a patch may come before the kustomization that names it. */
async function survey(
  paths: readonly string[],
  layout: Layout,
  runFolder: string,
  pause: Pause | undefined,
): Promise<void> {
  const addFolder: OnFolder = (folder, names) => {
    layout.addFolder(folder, names);
  };
  let listed = 0;
  for (const path of paths) {
    if (path === STANDARD_INPUT) continue;
    const folder = isPattern(path) ? baseOf(path) : path;
    if (kindOfTarget(folder) !== "folder") continue;
    const chart = chartOf(`${folder}/x`);
    if (chart !== undefined) layout.addFolder(chart, new Set(["Chart.yaml"]));
    const entries = new Walk(folder, true, runFolder, addFolder).entriesBelow(folder);
    for (let next = entries.next(); next.done !== true; next = entries.next()) {
      if (pause?.isDue === true) await pause.run();
      else if (++listed % ENTRIES_AT_ONCE === 0) await setImmediate();
    }
  }
}

/** The kustomizations in the folders of the file system. */
export function kustomizationsOnDisk(): Kustomizations {
  return new Kustomizations((file) => {
    const source = readNamedFile(file);
    return "text" in source ? source.text : undefined;
  });
}

function realPath(file: string): string {
  try {
    return file === STANDARD_INPUT ? file : realpathSync(file);
  } catch {
    return absolutePath(file);
  }
}

function isPattern(path: string): boolean {
  return GLOB_CHARACTER.test(path) && !existsSync(path);
}

/** The folder that a pattern is searched in. */
function baseOf(pattern: string): string {
  return dirname(pattern.slice(0, pattern.search(GLOB_CHARACTER) + 1));
}

/** What is found at a path that the user named. */
interface Search {
  readonly path: string;
  readonly entries: Iterable<WalkedEntry>;
}

/** The files of patterns are listed at once; folders are walked as their entries are asked for. */
function searchesOf(paths: readonly string[], folder: string): Promise<readonly Search[]> {
  return Promise.all(paths.map(async (path) => ({ path, entries: await entriesAt(path, folder) })));
}

function entriesAt(path: string, folder: string): Iterable<WalkedEntry> | Promise<Iterable<WalkedEntry>> {
  if (path === STANDARD_INPUT) return [{ type: "file", file: path }];
  return isPattern(path) ? entriesMatching(path, folder) : entriesOfNamed(path, folder);
}

function* entriesOfNamed(path: string, folder: string): Generator<WalkedEntry> {
  const kind = kindOfTarget(path);
  if (kind === "folder") yield* new Walk(path, true, folder).entriesBelow(path);
  else if (typeof kind === "object") yield { type: "unreadable", file: path, reason: kind.reason };
  // A named file is always read; if that fails, the reason is reported.
  else yield { type: "file", file: path };
}

async function entriesMatching(pattern: string, folder: string): Promise<Iterable<WalkedEntry>> {
  const { glob } = await import("tinyglobby");
  // Links to folders are followed by the walk, which detects loops.
  const found = await glob(pattern, { expandDirectories: false, onlyFiles: false, followSymbolicLinks: false });
  if (found.length === 0) return [{ type: "unreadable", file: pattern, reason: "no file matches this pattern" }];
  return entriesOfMatches(pattern, found, folder);
}

function* entriesOfMatches(pattern: string, found: readonly string[], folder: string): Generator<WalkedEntry> {
  const walk = new Walk(baseOf(pattern), false, folder);
  for (const path of found.toSorted()) yield* walk.entriesAt(path.replace(/\/$/, ""));
}
