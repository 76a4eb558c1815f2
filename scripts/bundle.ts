import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { importDefiningFiles } from "./import-defining-files.ts";
import { bundledPackages, noticesOf } from "./notices.ts";
import { precompiledSchemas } from "./precompile.ts";

/** The file beside the bundle with the licences of the packages in it. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

const ROOT = join(import.meta.dirname, "..");

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.19",
  plugins: [precompiledSchemas, importDefiningFiles],
  entryPoints: {
    cli: "src/bin.ts",
    index: "src/index.ts",
    worker: "src/check/threads/worker.ts",
    "review-worker": "src/webhook/worker/program.ts",
  },
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: "chunks/[name]-[hash]",
  // `debug` takes this package if it is installed, and here development tools bring it.
  external: ["supports-color"],
  // The licences are in a file of their own.
  legalComments: "none",
  logLevel: "warning",
  // CommonJS dependencies call `require` at run time.
  banner: {
    js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
  },
  metafile: true,
} as const satisfies BuildOptions;

/** Bundles the command and the library into the folder, with all that they import and its licences. */
export async function bundle(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({ ...OPTIONS, outdir: resolve(folder) });
  chmodSync(join(folder, "cli.js"), 0o755);
  writeFileSync(join(folder, NOTICES), noticesOf(bundledPackages(metafile).map((path) => join(ROOT, path))));
}
