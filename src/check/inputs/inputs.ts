import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { dirname, join } from "node:path";
import { fileErrorReason, isBelow } from "../../field/index.ts";
import { STANDARD_INPUT } from "../../files/index.ts";
import type { Exclusion } from "./exclusion.ts";

/** An input to check, or why it cannot be read. */
export type Input =
  | { readonly type: "file"; readonly file: string }
  /** A link that leads back to a folder above it: skipped. */
  | { readonly type: "loop"; readonly file: string }
  /** A folder outside the checked tree that a link leads to, or a folder of the system such as /proc: skipped. */
  | { readonly type: "outside"; readonly file: string }
  | { readonly type: "unreadable"; readonly file: string; readonly reason: string };

const MANIFEST = /\.(?:ya?ml|json)$/i;
const GLOB_CHARACTER = /[*?[\]{}!]/;
/** Entries without manifests of the project: hidden ones (settings of tools), and the packages of package managers. */
const SKIPPED_ENTRY = /^(?:\..+|node_modules)$/;
/** Folders of the system: reading a file there may block indefinitely, or have side effects. */
const SYSTEM_FOLDER = /^\/(?:proc|sys|dev)(?:\/|$)/;

/**
 * The inputs that paths name: files, folders with all manifests below them (`.yaml`, `.yml`, `.json`; hidden entries
 * and node_modules are skipped), globs, and `-` for standard input. Each file is yielded once, as soon as it is found,
 * so that the first can be checked before the last is found. Entries that are found rather than named may be traps in
 * an untrusted checkout: links out of the checked tree are not followed, and what is neither a file nor a folder is not
 * opened.
 */
export async function* inputsOf(paths: readonly string[], exclusion: Exclusion): AsyncGenerator<Input> {
  const seen = new Set<string>();
  // The walk through a single folder yields each file once: nothing has to be remembered.
  const mayRepeat = paths.length > 1 || paths.some((path) => GLOB_CHARACTER.test(path));
  for (const path of paths) {
    for await (const input of inputsAt(path)) {
      // A named path that cannot be read is an error even if it is excluded.
      const isMissing = input.type === "unreadable" && input.file === path;
      if (!isMissing && exclusion.excludes(input.file)) continue;
      if (!mayRepeat) {
        yield input;
        continue;
      }
      const key = `${input.type} ${input.file.replace(/^(?:\.\/)+/, "")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield input;
    }
  }
}

async function* inputsAt(path: string): AsyncGenerator<Input> {
  if (path === STANDARD_INPUT) yield { type: "file", file: path };
  else if (GLOB_CHARACTER.test(path) && !existsSync(path)) yield* inputsMatching(path);
  else yield* inputsOfNamed(path);
}

function* inputsOfNamed(path: string): Generator<Input> {
  const kind = kindOfTarget(path);
  if (kind === "folder") yield* walk(path, treeAt(path), new Set([realpathSync(path)]));
  else if (typeof kind === "object") yield { type: "unreadable", file: path, reason: kind.reason };
  // A named file is always read; if that fails, the reason is reported.
  else yield { type: "file", file: path };
}

async function* inputsMatching(pattern: string): AsyncGenerator<Input> {
  const { glob } = await import("tinyglobby");
  // Links to folders are followed by the walk, which detects loops.
  const found = await glob(pattern, { expandDirectories: false, onlyFiles: false, followSymbolicLinks: false });
  if (found.length === 0) {
    yield { type: "unreadable", file: pattern, reason: "no file matches this pattern" };
    return;
  }
  const tree = treeAt(dirname(pattern.slice(0, pattern.search(GLOB_CHARACTER) + 1)));
  for (const path of found.toSorted()) yield* inputsOfMatch(path.replace(/\/$/, ""), tree);
}

/** The inputs for a path that a pattern matched, which the user did not name. */
function* inputsOfMatch(path: string, tree: Tree): Generator<Input> {
  const kind = kindOfFound(path, tree);
  if (kind === "folder") yield* walk(path, tree, new Set([realpathSync(path)]));
  else yield* inputOf(path, kind);
}

/** The real path of the folder that all checked files must be below. */
type Tree = string;

/** The folder, or the working folder if that is above it: links between the folders of one project are common. */
function treeAt(folder: string): Tree {
  const [real, working] = [realpathSync(folder), realpathSync(".")];
  return isBelow(real, working) ? working : real;
}

/** @param ancestors the real paths of the folders on the way here: a link to one of them is a loop */
function* walk(folder: string, tree: Tree, ancestors: ReadonlySet<string>): Generator<Input> {
  for (const child of entriesOf(folder)) {
    if (!("name" in child)) {
      yield child;
      continue;
    }
    if (SKIPPED_ENTRY.test(child.name)) continue;
    const path = join(folder, child.name);
    const kind = child.isSymbolicLink() ? kindOfFound(path, tree) : kindOf(child);
    if (kind === "folder") yield* walkInto(path, tree, ancestors);
    else if (kind === "outside folder" || MANIFEST.test(child.name)) yield* inputOf(path, kind);
  }
}

function* walkInto(path: string, tree: Tree, ancestors: ReadonlySet<string>): Generator<Input> {
  const real = realpathSync(path);
  if (ancestors.has(real)) yield { type: "loop", file: path };
  else if (isSystemFolder(real, tree)) yield { type: "outside", file: path };
  else yield* walk(path, tree, new Set([...ancestors, real]));
}

function isSystemFolder(real: string, tree: Tree): boolean {
  return SYSTEM_FOLDER.test(real) && !SYSTEM_FOLDER.test(tree);
}

function* inputOf(file: string, kind: Exclude<Kind, "folder">): Generator<Input> {
  if (kind === "file") yield { type: "file", file };
  else if (kind === "outside folder") yield { type: "outside", file };
  else yield { type: "unreadable", file, reason: kind === "special" ? "this is no regular file" : kind.reason };
}

/** A folder's entries in the order of their names, or one unreadable input if it cannot be listed. */
function entriesOf(folder: string): (Dirent | Extract<Input, { type: "unreadable" }>)[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return [{ type: "unreadable", file: folder, reason: fileErrorReason(error) }];
  }
}

type Kind = "file" | "folder" | "outside folder" | "special" | { readonly reason: string };

function kindOf(entry: Pick<Dirent, "isFile" | "isDirectory">): "file" | "folder" | "special" {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "special";
}

function kindOfTarget(path: string): Kind {
  try {
    return kindOf(statSync(path));
  } catch (error) {
    return { reason: fileErrorReason(error) };
  }
}

const LINK_OUTSIDE =
  "this link leaves the folder that is checked, and is not followed; name the file itself to have it checked";

/** The kind of a found entry, after links have been followed as far as they are allowed to lead. */
function kindOfFound(path: string, tree: Tree): Kind {
  const kind = kindOfTarget(path);
  if (kind !== "file" && kind !== "folder") return kind;
  const real = realpathSync(path);
  if (isBelow(real, tree) && !isSystemFolder(real, tree)) return kind;
  return kind === "folder" ? "outside folder" : { reason: LINK_OUTSIDE };
}
