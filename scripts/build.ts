/** `npm run build`: bundles the command and the library into `dist`, and writes the library's types. */
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { build, type BuildOptions } from "esbuild";
import { importDefiningFiles } from "./import-defining-files.ts";
import { precompiledStructure } from "./precompile.ts";

const shared: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.19",
  outdir: "dist",
  plugins: [precompiledStructure, importDefiningFiles],
  legalComments: "none",
  logLevel: "warning",
  // CommonJS dependencies call `require` at run time.
  banner: {
    js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
  },
};

rmSync("dist", { recursive: true, force: true });
await build({
  ...shared,
  entryPoints: {
    cli: "src/bin.ts",
    index: "src/index.ts",
    worker: "src/check/run/worker.ts",
    "review-worker": "src/webhook/worker/program.ts",
  },
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: "chunks/[name]-[hash]",
});
chmodSync("dist/cli.js", 0o755);
execFileSync("tsc", ["--project", "tsconfig.types.json"], { stdio: "inherit" });
