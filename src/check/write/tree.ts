import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isBelow } from "../../field/file-path.ts";

/** Where a file is written, or why it is not. */
export type Target = { readonly path: string } | { readonly refused: string };

/**
 * The files that a run may change: those below the folders that it was given, and those that it was given by name. A
 * link to another file of the same tree stands for that file. One that leads out of it is somebody else's word for where
 * to write, and is not followed.
 */
export class Tree {
  readonly #folders: readonly string[];

  /** @param paths what the run was told to check */
  constructor(paths: readonly string[]) {
    this.#folders = paths.filter(isFolder).map((path) => resolve(path));
  }

  /** @throws the system's error for a file that is not there */
  targetOf(file: string): Target {
    const name = resolve(file);
    const path = realpathSync(name);
    const around = this.#folders.filter((folder) => isBelow(name, folder));
    const roots = around.length > 0 ? around : [folderOfNamed(name)];
    if (roots.some((root) => isBelow(path, realpathSync(root)))) return { path };
    return { refused: `it is a link to ${path}, outside of ${roots.join(" and ")}; name that file itself` };
  }
}

/** What is named by itself, or found by a pattern, belongs to the working folder, or else to its own. */
function folderOfNamed(name: string): string {
  return isBelow(name, process.cwd()) ? process.cwd() : dirname(name);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
