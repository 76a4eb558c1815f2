import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

/** What every Node has loaded when it starts. */
const LOADED = /^node:(buffer|events|fs|module|path|process|timers|url|util)$/;

/** Packages that are imported where most runs do not use them. */
const SELDOM_USED = /^re2js$/;

const NAMESPACE = "lazy";

/**
 * An esbuild plugin that loads modules when something of them is first used, not where they are imported. Loading
 * Node's own took longer than everything that a small check does.
 */
export const lazyModules: Plugin = {
  name: "lazy-modules",
  setup(build) {
    build.onResolve({ filter: /^(node:|[a-z0-9]+$)/ }, ({ path, kind, namespace }) => {
      const isLazy = isBuiltin(path) ? !LOADED.test(path) : SELDOM_USED.test(path);
      return kind === "import-statement" && namespace !== NAMESPACE && isLazy
        ? { path, namespace: NAMESPACE }
        : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
      const loaded: unknown = await import(path);
      const names = Object.keys(Object(loaded)).filter((name) => name !== "default");
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
