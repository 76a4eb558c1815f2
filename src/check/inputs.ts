import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { dirname, join } from "node:path";
import { fileErrorReason } from "../field/file-error.ts";
import { isBelow } from "../field/file-path.ts";
import type { Exclusion } from "./exclusion.ts";
import { STANDARD_INPUT } from "./source.ts";

/** What is to be read, or why it cannot be. */
export type Input =
  | { readonly type: "file"; readonly file: string }
  /** Its link leads back into what is being checked: passed over. */
  | { readonly type: "loop"; readonly file: string }
  /** A folder that a link leads to, or the system's own: what is in it is none of what is checked. */
  | { readonly type: "outside"; readonly file: string }
  | { readonly type: "unreadable"; readonly file: string; readonly reason: string };

const MANIFEST = /\.(?:ya?ml|json)$/i;
const MAGIC = /[*?[\]{}!]/;
/** What holds no manifests of this project: what is hidden (settings of tools), and what package managers bring. */
const PASSED_OVER = /^(?:\..+|node_modules)$/;
/** What the system shows of itself: reading there may wait for ever, or do something. */
const SYSTEM = /^\/(?:proc|sys|dev)(?:\/|$)/;

/**
 * The files that paths stand for: files as they are named, folders with all manifests below (`.yaml`, `.yml`, `.json`;
 * what is hidden, and node_modules, are passed over), globs, `-` for standard input. Each file comes once, found as the
 * walk goes on: the first can be checked before the last is found. What is only come upon may be somebody else's trap:
 * links that leave what is checked are not followed, nor is anything looked at that is neither a file nor a folder.
 */
export async function* inputsOf(paths: readonly string[], exclusion: Exclusion): AsyncGenerator<Input> {
  const seen = new Set<string>();
  // A single folder is walked without coming upon anything twice: nothing need be remembered.
  const mayRepeat = paths.length > 1 || paths.some((path) => MAGIC.test(path));
  for (const path of paths) {
    for await (const input of inputsAt(path)) {
      // What is named and cannot be read is an error, whatever is left out.
      const isMissing = input.type === "unreadable" && input.file === path;
      if (!isMissing && exclusion.leavesOut(input.file)) continue;
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
  else if (MAGIC.test(path) && !existsSync(path)) yield* globbed(path);
  else yield* inputsOn(path);
}

function* inputsOn(path: string): Generator<Input> {
  const kind = kindOfTarget(path);
  if (kind === "folder") yield* walk(path, treeAt(path), new Set([realpathSync(path)]));
  else if (typeof kind === "object") yield { type: "unreadable", file: path, reason: kind.reason };
  // What is named is read, or it is said why it cannot be.
  else yield { type: "file", file: path };
}

async function* globbed(pattern: string): AsyncGenerator<Input> {
  const { glob } = await import("tinyglobby");
  // Links to folders are left to the walk, which notices where they lead in a circle.
  const found = await glob(pattern, { expandDirectories: false, onlyFiles: false, followSymbolicLinks: false });
  if (found.length === 0) {
    yield { type: "unreadable", file: pattern, reason: "no file matches this pattern" };
    return;
  }
  const tree = treeAt(dirname(pattern.slice(0, pattern.search(MAGIC) + 1)));
  for (const path of found.toSorted()) yield* inputsFound(path.replace(/\/$/, ""), tree);
}

/** What a pattern has come upon: nobody has named it. */
function* inputsFound(path: string, tree: Tree): Generator<Input> {
  const kind = kindOfFound(path, tree);
  if (kind === "folder") yield* walk(path, tree, new Set([realpathSync(path)]));
  else yield* inputOf(path, kind);
}

/** The real path of the folder that all that is checked lies below. */
type Tree = string;

/** The folder; or the working folder if it lies in that, since links between the folders of one project are common. */
function treeAt(folder: string): Tree {
  const [real, working] = [realpathSync(folder), realpathSync(".")];
  return isBelow(real, working) ? working : real;
}

/** @param above the real paths of the folders that lead here: a link to one of them leads in a circle */
function* walk(folder: string, tree: Tree, above: ReadonlySet<string>): Generator<Input> {
  for (const child of entriesOf(folder)) {
    if (!("name" in child)) {
      yield child;
      continue;
    }
    if (PASSED_OVER.test(child.name)) continue;
    const path = join(folder, child.name);
    const kind = child.isSymbolicLink() ? kindOfFound(path, tree) : kindOf(child);
    if (kind === "folder") yield* walkInto(path, tree, above);
    else if (kind === "outside folder" || MANIFEST.test(child.name)) yield* inputOf(path, kind);
  }
}

function* walkInto(path: string, tree: Tree, above: ReadonlySet<string>): Generator<Input> {
  const real = realpathSync(path);
  if (above.has(real)) yield { type: "loop", file: path };
  else if (isSystems(real, tree)) yield { type: "outside", file: path };
  else yield* walk(path, tree, new Set([...above, real]));
}

function isSystems(real: string, tree: Tree): boolean {
  return SYSTEM.test(real) && !SYSTEM.test(tree);
}

function* inputOf(file: string, kind: Exclude<Kind, "folder">): Generator<Input> {
  if (kind === "file") yield { type: "file", file };
  else if (kind === "outside folder") yield { type: "outside", file };
  else yield { type: "unreadable", file, reason: kind === "special" ? "this is no regular file" : kind.reason };
}

/** A folder's children in the order of their names; the one reason why it cannot be listed. */
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

const OUTSIDE =
  "this link leaves the folder that is checked, and is not followed; name the file itself to have it checked";

/** What it is once links have been followed, as far as they may be. */
function kindOfFound(path: string, tree: Tree): Kind {
  const kind = kindOfTarget(path);
  if (kind !== "file" && kind !== "folder") return kind;
  const real = realpathSync(path);
  if (isBelow(real, tree) && !isSystems(real, tree)) return kind;
  return kind === "folder" ? "outside folder" : { reason: OUTSIDE };
}
