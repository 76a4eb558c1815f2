import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { buildSync } from "esbuild";

/** The words: each of their mutants is there from the start, and would be asked all that comes before these. */
const WORDS = ["test/service/schema/reference.test.ts", "test/service/messages/wording.test.ts"];
/** The suites that state the rules, in these folders. */
const RULES = ["test/field", "test/net", "test/service"];
/** The recorded answers: slower, and asked of the mutants that the rules let live. */
const VECTORS = "test/mutation/vectors.ts";

/**
 * Puts the suites into one script. The function that comes back runs it, every module anew, as each mutant needs it;
 * `modules` are what the suites import by name and get from the caller.
 */
export function bundleSuites(root: string, modules: Readonly<Record<string, unknown>>): () => void {
  const { outputFiles } = buildSync({
    stdin: {
      contents: [...WORDS, ...RULES.flatMap((folder) => suitesIn(root, folder)), VECTORS]
        .map((file) => `import "./${file}";`)
        .join("\n"),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    // As modules are.
    banner: { js: '"use strict";' },
    target: "node22",
    packages: "external",
    // Otherwise these count as packages, and the mutants would not be in the bundle.
    alias: Object.fromEntries(["src", "test", "scripts"].map((folder) => [`#${folder}`, join(root, folder)])),
    logLevel: "error",
    // The code that is left out at the engine's edge finds its files so; no suite gets there.
    logOverride: { "empty-import-meta": "silent" },
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("the bundler wrote nothing");
  const script: unknown = compileFunction(file.text, ["require", "module"], { filename: "suites.cjs" });
  if (typeof script !== "function") throw new Error("the suites are no script");
  const load = createRequire(join(root, "package.json"));
  return () => {
    Reflect.apply(script, undefined, [(name: string): unknown => modules[name] ?? load(name), { exports: {} }]);
  };
}

function suitesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => `${folder}/${name}`);
}
