import { join } from "node:path";
import { build } from "esbuild";
import { bundledPackages, noticesOf } from "./notices.ts";

const ROOT = join(import.meta.dirname, "..");

/** Bundles the extension for VS Code into one file. Returns the licences of the packages in it. */
export async function bundleExtension(outfile: string): Promise<string> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["editors/vscode/src/extension.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    minify: true,
    // VS Code provides it.
    external: ["vscode"],
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  return noticesOf(bundledPackages(metafile).map((path) => join(ROOT, path)));
}
