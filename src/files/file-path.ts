import { isAbsolute, relative, sep } from "node:path";

/** Whether the path is the folder or lies below it. Symbolic links are not resolved: pass real paths. */
export function isBelow(path: string, folder: string): boolean {
  const fromFolder = relative(folder, path);
  return fromFolder === "" || (!isAbsolute(fromFolder) && fromFolder !== ".." && !fromFolder.startsWith(`..${sep}`));
}
