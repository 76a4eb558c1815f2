import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { absolute, globPattern } from "./glob.ts";
import { reasonOf, STANDARD_INPUT } from "./source.ts";

/** What is to be read, or why it cannot be. */
export type Input =
  | { readonly type: "file"; readonly file: string }
  /** Its link leads back into what is being checked: passed over. */
  | { readonly type: "loop"; readonly file: string }
  | { readonly type: "unreadable"; readonly file: string; readonly reason: string };

const MANIFEST = /\.(?:ya?ml|json)$/i;
const MAGIC = /[*?[\]{}!]/;
/** What holds no manifests of this project: what is hidden (settings of tools), and what package managers bring. */
const PASSED_OVER = /^(?:\..+|node_modules)$/;

/**
 * The files that paths stand for: files as they are named, folders with all manifests below (`.yaml`, `.yml`, `.json`;
 * what is hidden, and node_modules, are passed over), globs, `-` for standard input. Each file comes once, found as the
 * walk goes on: the first can be checked before the last is found.
 * @param exclude globs of files to leave out
 */
export async function* inputsOf(paths: readonly string[], exclude: readonly string[]): AsyncGenerator<Input> {
  const seen = new Set<string>();
  const excluded = exclude.map((glob) => globPattern(glob, process.cwd()));
  const isExcluded = (file: string): boolean => {
    if (excluded.length === 0 || file === STANDARD_INPUT) return false;
    const path = absolute(file);
    return excluded.some((pattern) => pattern.test(path));
  };
  // A single folder is walked without coming upon anything twice: nothing need be remembered.
  const mayRepeat = paths.length > 1 || paths.some((path) => MAGIC.test(path));
  for (const path of paths) {
    for await (const input of inputsAt(path)) {
      if (input.type === "file" && isExcluded(input.file)) continue;
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
  if (kind === "folder") yield* walk(path, new Set([realpathSync(path)]));
  else if (typeof kind === "object") yield { type: "unreadable", file: path, reason: kind.reason };
  // What is named is read, or it is said why it cannot be.
  else yield { type: "file", file: path };
}

async function* globbed(pattern: string): AsyncGenerator<Input> {
  const { glob } = await import("tinyglobby");
  // Links to folders are left to the walk, which notices where they lead in a circle.
  const found = await glob(pattern, { expandDirectories: false, onlyFiles: false, followSymbolicLinks: false });
  if (found.length === 0) yield { type: "unreadable", file: pattern, reason: "no file matches this pattern" };
  for (const path of found.toSorted()) yield* inputsOn(path.replace(/\/$/, ""));
}

/** @param above the real paths of the folders that lead here: a link to one of them leads in a circle */
function* walk(folder: string, above: ReadonlySet<string>): Generator<Input> {
  for (const child of entriesOf(folder)) {
    if (!("name" in child)) {
      yield child;
      continue;
    }
    if (PASSED_OVER.test(child.name)) continue;
    const path = join(folder, child.name);
    const kind = child.isSymbolicLink() ? kindOfTarget(path) : kindOf(child);
    if (kind === "folder") yield* walkInto(path, above);
    else if (!MANIFEST.test(child.name)) continue;
    else if (kind === "file") yield { type: "file", file: path };
    else if (kind === "special") yield { type: "unreadable", file: path, reason: "this is no regular file" };
    else if (typeof kind === "object") yield { type: "unreadable", file: path, reason: kind.reason };
  }
}

function* walkInto(path: string, above: ReadonlySet<string>): Generator<Input> {
  const real = realpathSync(path);
  if (above.has(real)) yield { type: "loop", file: path };
  else yield* walk(path, new Set([...above, real]));
}

/** A folder's children in the order of their names; the one reason why it cannot be listed. */
function entriesOf(folder: string): (Dirent | Extract<Input, { type: "unreadable" }>)[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return [{ type: "unreadable", file: folder, reason: reasonOf(error) }];
  }
}

type Kind = "file" | "folder" | "special" | { readonly reason: string };

function kindOf(entry: Pick<Dirent, "isFile" | "isDirectory">): Kind {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "special";
}

function kindOfTarget(path: string): Kind {
  try {
    return kindOf(statSync(path));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}
