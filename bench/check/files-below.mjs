import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * All files below a folder.
 * @param {string} folder
 * @returns {Generator<string>}
 */
export function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
