import { join } from "node:path";
import { minify } from "@swc/core";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { smallerModules } from "./browser-plugins.ts";
import { membersToShorten } from "./short-names.ts";

const ROOT = join(import.meta.dirname, "..");

/** A script for browsers, and what is in it. */
export interface BrowserBundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/**
 * Bundles a module with the engine for browsers, as small as it gets: a page loads all of it before it says anything.
 * @param entry its path from the root of the repository
 * @param plugins what comes before the usual ones
 */
export async function browserBundle(entry: string, plugins: readonly Plugin[] = []): Promise<BrowserBundle> {
  const options = {
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
    plugins: [...plugins, smallerModules],
  } satisfies BuildOptions;
  const { metafile } = await build(options);
  const { outputFiles } = await build({ ...options, mangleProps: membersToShorten(metafile) });
  const [bundled] = outputFiles;
  if (bundled === undefined) throw new Error(`${entry} makes no script`);
  // A second minifier finds what the first one leaves, a thirtieth of all.
  const { code } = await minify(bundled.text, {
    compress: { ecma: 2022, passes: 3 },
    mangle: { toplevel: true },
    ecma: 2022,
    // Within a page, nothing may look like its end.
    format: { inlineScript: true },
  });
  return { code: code.trim(), metafile };
}
