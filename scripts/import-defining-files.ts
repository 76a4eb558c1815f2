import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "esbuild";

const ROOT = join(import.meta.dirname, "..");

/** `import { ... } from ".../index.ts";`, also with `export` or `type`. */
const INDEX_IMPORT = /^(import|export) (type )?\{([^}]*)\} from "([^"]*\/index\.ts)";$/gm;

/**
 * An esbuild plugin that imports each name from the file that defines it instead of the folder's `index.ts`. esbuild
 * assigns whole files to chunks: with imports from `index.ts`, a command would load all files of the folder.
 */
export const importDefiningFiles: Plugin = {
  name: "import-defining-files",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: withDefiningFiles(await readFile(path, "utf8"), path),
      loader: "ts",
    }));
  },
};

/** The source with each import from an `index.ts` as imports from the files that define the names. */
export function withDefiningFiles(source: string, path: string): string {
  return source.replace(INDEX_IMPORT, (_, keyword: string, type: string | undefined, names: string, from: string) => {
    const index = from.startsWith("#") ? join(ROOT, from.slice(1)) : join(dirname(path), from);
    const files = definingFiles(index);
    return namesIn(names)
      .map((name) => {
        const file = files.get(originalName(name));
        if (file === undefined) throw new Error(`${index} does not export ${name}, which ${path} imports`);
        // An import that is only of a type must leave no import in the bundle.
        const isType = type !== undefined || name.startsWith("type ");
        const bareName = name.replace(/^type /, "");
        return `${keyword} ${isType ? "type " : ""}{ ${bareName} } from "./${relative(dirname(path), file)}";`;
      })
      .join(" ");
  });
}

const exportsByIndex = new Map<string, ReadonlyMap<string, string>>();

/** The defining file of each export of an `index.ts`. */
function definingFiles(index: string): ReadonlyMap<string, string> {
  const known = exportsByIndex.get(index);
  if (known !== undefined) return known;
  const files = new Map<string, string>();
  for (const [, names = "", from = ""] of readFileSync(index, "utf8").matchAll(
    /^export (?:type )?\{([^}]*)\} from "([^"]*)";$/gm,
  )) {
    for (const name of namesIn(names)) files.set(originalName(name), join(dirname(index), from));
  }
  exportsByIndex.set(index, files);
  return files;
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** The exported name: `a` for `a`, `type a` and `a as b`. */
function originalName(name: string): string {
  return name.replace(/^type /, "").replace(/ as .*$/, "");
}
