import { isBuiltin } from "node:module";
import { join, relative } from "node:path";
import type { Plugin } from "esbuild";
import { isObject } from "#src/field/json.ts";

/** What every Node has loaded when it starts. */
const LOADED = /^node:(buffer|events|fs|module|path|process|timers|url|util)$/;

/** What is imported where most runs do not use it. */
const SELDOM_USED = /^re2js$|\/annotations\/readers\/all-readers\.ts$|\/cel\/environment\/(compile|environment)\.ts$/;

const NAMESPACE = "lazy";

const ROOT = join(import.meta.dirname, "..");

/**
 * An esbuild plugin that loads modules when something of them is first used, not where they are imported. Loading
 * Node's own took longer than everything that a small check does.
 */
export const lazyModules: Plugin = {
  name: "lazy-modules",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path: named, kind, namespace, resolveDir }) => {
      if (kind !== "import-statement" || namespace === NAMESPACE) return undefined;
      // From the project's folder on: the scripts name it, and are the same wherever they are built.
      const path = named.startsWith(".") ? relative(ROOT, join(resolveDir, named)) : named;
      const isLazy = isBuiltin(path) ? !LOADED.test(path) : SELDOM_USED.test(path);
      return isLazy ? { path, namespace: NAMESPACE } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path: named }) => {
      const path = named.startsWith("src/") ? join(ROOT, named) : named;
      const loaded: unknown = await import(path);
      const names = isObject(loaded) ? Object.keys(loaded).filter((name) => name !== "default") : [];
      return {
        contents: `let loaded;
          for (const name of ${JSON.stringify(names)}) {
            Object.defineProperty(exports, name, {
              enumerable: true,
              get: () => (loaded ??= require(${JSON.stringify(path)}))[name],
            });
          }`,
        resolveDir: import.meta.dirname,
      };
    });
  },
};
