import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { errorCode, fileErrorReason } from "../../field/index.ts";
import { isBelow } from "../../files/index.ts";

/** What a walk comes across. */
export type WalkedEntry =
  | { readonly type: "file"; readonly file: string }
  /** A folder whose entries follow: for who wants to pause. */
  | { readonly type: "folder"; readonly file: string }
  /** A link that leads back to a folder above it: skipped. */
  | { readonly type: "loop"; readonly file: string }
  /** A folder outside the checked tree that a link leads to, or a folder of the system such as /proc: skipped. */
  | { readonly type: "outside"; readonly file: string }
  /** A link to what does not exist: skipped. */
  | { readonly type: "dangling"; readonly file: string }
  | { readonly type: "unreadable"; readonly file: string; readonly reason: string };

/** Called with each folder and the names in it. */
export type OnFolder = (folder: string, names: ReadonlySet<string>) => void;

const MANIFEST = /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/i;
/** Entries without manifests of the project: hidden ones (settings of tools), and the packages of package managers. */
const SKIPPED_ENTRY = /^(?:\..+|node_modules)$/;
/** Folders of the system: reading a file there may block indefinitely, or have side effects. */
const SYSTEM_FOLDER = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** Whether a search comes across a file, as far as names tell. @param file its path from the searched folder on */
export function isFoundByName(file: string): boolean {
  return MANIFEST.test(file) && !file.split(/[\\/]/).some((name) => SKIPPED_ENTRY.test(name));
}

/** A search: where links may lead, and what it has come across through links. */
export class Walk {
  /** The real path of the folder that all checked files must be below. */
  readonly #boundary: string;
  /** The real path of the folder that is searched as a whole; undefined for the matches of a glob. */
  readonly #root: string | undefined;
  readonly #linked = new Set<string>();
  readonly #onFolder: OnFolder | undefined;

  /**
   * @param folder links may lead below it, or below the folder in which the check runs if that is above: links between the folders of one
   *   project are common
   */
  constructor(folder: string, isWhole: boolean, runFolder: string, onFolder?: OnFolder) {
    const [real, working] = [realpathSync(folder), realpathSync(runFolder)];
    this.#boundary = isBelow(real, working) ? working : real;
    this.#root = isWhole ? real : undefined;
    this.#onFolder = onFolder;
  }

  /** The entries for a path that exists and was not named by the user, with all manifests below a folder. */
  *entriesAt(path: string): Generator<WalkedEntry> {
    const kind = this.#kindOfFound(path);
    if (kind === "folder") yield* this.entriesBelow(path);
    else yield entryOf(path, kind);
  }

  /** All manifests below a folder. */
  entriesBelow(folder: string): IterableIterator<WalkedEntry> {
    const real = realPathOf(folder);
    if (typeof real !== "string") return [entryOf(folder, real)].values();
    return this.#walk(folder, real, new Set([real]));
  }

  /**
   * @param real the real path of the folder
   * @param ancestors the real paths of the folders on the way here: a link to one of them is a loop
   */
  *#walk(folder: string, real: string, ancestors: ReadonlySet<string>): Generator<WalkedEntry> {
    const children = entriesOf(folder);
    if (!Array.isArray(children)) {
      yield children;
      return;
    }
    yield { type: "folder", file: folder };
    if (this.#onFolder !== undefined) this.#onFolder(folder, new Set(children.map(({ name }) => name)));
    for (const child of children) {
      if (SKIPPED_ENTRY.test(child.name)) continue;
      const path = join(folder, child.name);
      const isLink = child.isSymbolicLink();
      if (isLink && MANIFEST.test(child.name) && isDangling(path)) {
        yield { type: "dangling", file: path };
        continue;
      }
      const kind = isLink ? this.#kindOfFound(path) : kindOf(child);
      // Asking the file system takes longer than listing a folder of ten files.
      const target = isLink && (kind === "folder" || kind === "file") ? realPathOf(path) : join(real, child.name);
      if (typeof target !== "string") yield entryOf(path, target);
      else if (kind === "folder") yield* this.#walkInto(path, target, isLink, ancestors);
      else if (kind !== "outside folder" && !MANIFEST.test(child.name)) continue;
      else if (kind === "file" && isLink && this.#isFoundElsewhere(target, MANIFEST)) continue;
      else yield entryOf(path, kind);
    }
  }

  *#walkInto(path: string, real: string, isLink: boolean, ancestors: ReadonlySet<string>): Generator<WalkedEntry> {
    if (ancestors.has(real)) yield { type: "loop", file: path };
    else if (this.#isSystemFolder(real)) yield { type: "outside", file: path };
    else if (!isLink || !this.#isFoundElsewhere(real)) yield* this.#walk(path, real, new Set([...ancestors, real]));
  }

  /** Whether the walk comes across the target of a link by another way: it is one file, however often it is linked. */
  #isFoundElsewhere(real: string, name?: RegExp): boolean {
    if (this.#root !== undefined && isBelow(real, this.#root)) {
      const names = real.slice(this.#root.length).split(sep);
      if (!names.some((each) => SKIPPED_ENTRY.test(each)) && name?.test(real) !== false) return true;
    }
    if (this.#linked.has(real)) return true;
    this.#linked.add(real);
    return false;
  }

  #isSystemFolder(real: string): boolean {
    return SYSTEM_FOLDER.test(real) && !SYSTEM_FOLDER.test(this.#boundary);
  }

  /** The kind of a found entry, after links have been followed as far as they are allowed to lead. */
  #kindOfFound(path: string): Kind {
    const kind = kindOfTarget(path);
    if (kind !== "file" && kind !== "folder") return kind;
    const real = realPathOf(path);
    if (typeof real !== "string") return real;
    if (isBelow(real, this.#boundary) && !this.#isSystemFolder(real)) return kind;
    return kind === "folder" ? "outside folder" : { reason: LINK_OUTSIDE };
  }
}

function entryOf(file: string, kind: Exclude<Kind, "folder">): WalkedEntry {
  if (kind === "file") return { type: "file", file };
  if (kind === "outside folder") return { type: "outside", file };
  return { type: "unreadable", file, reason: kind === "special" ? "this is not a regular file" : kind.reason };
}

/** A folder's entries in the order of their names, or one unreadable entry if it cannot be listed. */
function entriesOf(folder: string): Dirent[] | Extract<WalkedEntry, { type: "unreadable" }> {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return { type: "unreadable", file: folder, reason: fileErrorReason(error) };
  }
}

/** The real path, or why there is none: what a link leads to may vanish at any time. */
function realPathOf(path: string): string | { readonly reason: string } {
  try {
    return realpathSync(path);
  } catch (error) {
    return { reason: fileErrorReason(error) };
  }
}

function isDangling(link: string): boolean {
  try {
    statSync(link);
    return false;
  } catch (error) {
    return errorCode(error) === "ENOENT";
  }
}

/** What a path leads to. */
export type Kind = "file" | "folder" | "outside folder" | "special" | { readonly reason: string };

function kindOf(entry: Pick<Dirent, "isFile" | "isDirectory">): "file" | "folder" | "special" {
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "special";
}

/** The kind of what a path leads to, wherever that is. */
export function kindOfTarget(path: string): Kind {
  try {
    return kindOf(statSync(path));
  } catch (error) {
    return { reason: fileErrorReason(error) };
  }
}

const LINK_OUTSIDE =
  "this link leaves the folder that is checked, and is not followed; name the file itself to have it checked";
