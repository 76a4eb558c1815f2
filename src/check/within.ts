import { readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { reasonOf } from "./source.ts";

/** Whether the real path is the folder, or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`));
}

/**
 * Why a configuration may not name the path: it must lie below the configuration's own folder, with all that is in it,
 * after links have been followed. Undefined if it does.
 */
export function strays(path: string, folder: string): string | undefined {
  if (isAbsolute(path) || path.startsWith("~")) return "an absolute path";
  if (path.split(/[\\/]/).includes("..")) return "a path with ..";
  try {
    return straysReally(join(folder, path), realpathSync(folder), new Set());
  } catch (error) {
    return reasonOf(error);
  }
}

/** @param seen real paths of folders that have been looked through: links may lead to them again */
function straysReally(path: string, top: string, seen: Set<string>): string | undefined {
  const real = realpathSync(path);
  if (!isBelow(real, top)) return "a link that leaves its folder";
  const stats = statSync(real);
  if (!stats.isDirectory()) return stats.isFile() ? undefined : "no regular file";
  if (seen.has(real)) return undefined;
  seen.add(real);
  for (const entry of readdirSync(real, { withFileTypes: true })) {
    if (entry.isFile() || (entry.isDirectory() && entry.name === ".git")) continue;
    const found = straysReally(join(real, entry.name), top, seen);
    if (found !== undefined) return `a folder that holds ${found}`;
  }
  return undefined;
}
