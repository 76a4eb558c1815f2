import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

/** Packages that every run needs. */
const NEEDED_BY_ALL = ["commander"];

const PACKAGE = /^[@a-z]/;

/**
 * Leaves each package in a script of its own: programs share them, and they are loaded when they are needed. A
 * script has what is imported by name, or all that a package exports.
 */
export class SeparatePackages {
  readonly #names = new Map<string, Set<string>>();

  /** The esbuild plugin for programs. */
  readonly plugin: Plugin = {
    name: "separate-packages",
    setup: (build) => {
      build.onResolve({ filter: PACKAGE }, ({ path, importer, namespace }) => {
        if (isBuiltin(path) || NEEDED_BY_ALL.includes(path) || importer.includes("node_modules")) return undefined;
        this.#add(path, namespace === "file" ? readFileSync(importer, "utf8") : "");
        return { path: `./${scriptOf(path)}.cjs`, external: true };
      });
    },
  };

  /** The esbuild plugin for their scripts. */
  readonly entries: Plugin = {
    name: "package-entries",
    setup: (build) => {
      build.onResolve({ filter: PACKAGE }, ({ path, kind }) =>
        kind === "entry-point" ? { path, namespace: "package" } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "package" }, ({ path }) => ({
        contents: this.#entry(path),
        resolveDir: import.meta.dirname,
      }));
    },
  };

  entryPoints(): Record<string, string> {
    return Object.fromEntries([...this.#names.keys()].map((name) => [scriptOf(name), name]));
  }

  #add(name: string, source: string): void {
    const names = this.#names.get(name) ?? new Set();
    this.#names.set(name, names);
    for (const [, imported = ""] of source.matchAll(
      new RegExp(`(?:import|const) ([^;]*?) (?:from|= await import\\() ?"${name}"`, "g"),
    ))
      for (const one of namesIn(imported)) names.add(one);
  }

  #entry(name: string): string {
    const names = [...(this.#names.get(name) ?? [])];
    return names.includes("default") || names.length === 0
      ? `module.exports = require("${name}");`
      : `export { ${names.join(", ")} } from "${name}";`;
  }
}

/** The names in `{ a, type B, c as d }`; `default` for what is before the braces. */
function namesIn(clause: string): string[] {
  const [, before = "", list = ""] = /^([^{]*)(?:\{([^}]*)\})?$/.exec(clause) ?? [];
  const names = list.split(",").map((name) => name.trim().replace(/ as .*/, ""));
  return [
    ...names.filter((name) => name !== "" && !name.startsWith("type ")),
    ...(before.trim() === "" ? [] : ["default"]),
  ];
}

function scriptOf(name: string): string {
  return `packages/${name.replace(/^@[^/]*\//, "")}`;
}
