import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isBelow } from "./file-path.ts";

/** The real path to write a file to, or why it must not be written. */
export type WriteTarget = { readonly path: string } | { readonly refused: string };

/**
 * The files that `--fix` may change: those below the folders that were named, and those that were named themselves. A
 * link to another file of the same tree is followed. A link out of the tree is not: whoever made it could choose what
 * is written.
 */
export class WritableTree {
  readonly #folders: readonly string[];

  /** @param paths the paths of the check */
  constructor(paths: readonly string[]) {
    this.#folders = paths.filter(isFolder).map((path) => resolve(path));
  }

  /** @throws the system's error for a file that does not exist */
  targetOf(file: string): WriteTarget {
    const name = resolve(file);
    const path = realpathSync(name);
    const containing = this.#folders.filter((folder) => isBelow(name, folder));
    const roots = containing.length > 0 ? containing : [folderOfNamed(name)];
    if (roots.some((root) => isBelow(path, realpathSync(root)))) return { path };
    return { refused: `it is a link to ${path}, outside of ${roots.join(" and ")}; name that file itself` };
  }
}

/** The tree of a file that was named itself or matched by a pattern: the working folder, or else its own folder. */
function folderOfNamed(name: string): string {
  return isBelow(name, process.cwd()) ? process.cwd() : dirname(name);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
