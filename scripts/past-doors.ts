import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "esbuild";

/** `import { ... } from ".../index.ts";`, and the same with `export` and `type`. */
const THROUGH_DOOR = /^(import|export) (type )?\{([^}]*)\} from "([^"]*\/index\.ts)";$/gm;

/**
 * For esbuild: imports a name from the file that defines it in place of the folder's `index.ts`. esbuild decides file by
 * file what a chunk needs: through the door of a folder a command would load all files of the folder.
 */
export const importDefiningFiles: Plugin = {
  name: "past-doors",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: importsPastDoors(await readFile(path, "utf8"), path),
      loader: "ts",
    }));
  },
};

function importsPastDoors(source: string, path: string): string {
  return source.replace(THROUGH_DOOR, (_, keyword: string, type = "", names: string, from: string) => {
    const index = join(dirname(path), from);
    const files = definingFiles(index);
    return namesIn(names)
      .map((name) => {
        const file = files.get(originalName(name));
        if (file === undefined) throw new Error(`${index} does not export ${name}, which ${path} imports`);
        return `${keyword} ${type}{ ${name} } from "./${relative(dirname(path), file)}";`;
      })
      .join(" ");
  });
}

const exportsByIndex = new Map<string, ReadonlyMap<string, string>>();

/** The file that each export of a door is defined in. */
function definingFiles(door: string): ReadonlyMap<string, string> {
  const known = exportsByIndex.get(door);
  if (known !== undefined) return known;
  const files = new Map<string, string>();
  for (const [, names = "", from = ""] of readFileSync(door, "utf8").matchAll(
    /^export (?:type )?\{([^}]*)\} from "([^"]*)";$/gm,
  )) {
    for (const name of namesIn(names)) files.set(originalName(name), join(dirname(door), from));
  }
  exportsByIndex.set(door, files);
  return files;
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** `a` of `a`, of `type a` and of `a as b`. */
function originalName(name: string): string {
  return name.replace(/^type /, "").replace(/ as .*$/, "");
}
