import { readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileErrorReason } from "../field/file-error.ts";
import { isBelow } from "../field/file-path.ts";

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
    return fileErrorReason(error);
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
