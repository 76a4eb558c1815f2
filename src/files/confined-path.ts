import { readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileErrorReason } from "../field/index.ts";
import { isBelow } from "./file-path.ts";

/**
 * Why a configuration may not name the path; undefined if it may. With links resolved, the path and everything in it
 * must be below the configuration's own folder.
 */
export function escapeReason(path: string, folder: string): string | undefined {
  if (isAbsolute(path) || path.startsWith("~")) return "an absolute path";
  if (path.split(/[\\/]/).includes("..")) return "a path with ..";
  try {
    return escapesFolder(join(folder, path), realpathSync(folder), new Set());
  } catch (error) {
    return fileErrorReason(error);
  }
}

/** @param seen real paths of folders that have been visited: links may lead to them again */
function escapesFolder(path: string, top: string, seen: Set<string>): string | undefined {
  const real = realpathSync(path);
  if (!isBelow(real, top)) return "a link that leaves its folder";
  const stats = statSync(real);
  if (!stats.isDirectory()) return stats.isFile() ? undefined : "no regular file";
  if (seen.has(real)) return undefined;
  seen.add(real);
  for (const entry of readdirSync(real, { withFileTypes: true })) {
    if (entry.isFile() || (entry.isDirectory() && entry.name === ".git")) continue;
    const found = escapesFolder(join(real, entry.name), top, seen);
    if (found !== undefined) return `a folder that holds ${found}`;
  }
  return undefined;
}
