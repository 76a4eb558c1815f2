import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { importDefiningFiles } from "./import-defining-files.ts";
import { lazyModules } from "./lazy-modules.ts";
import { bundledPackages, noticesOf } from "./notices.ts";
import { buildPlayground } from "./playground.ts";
import { precompiledSchemas } from "./precompile.ts";
import { SeparatePackages } from "./separate-packages.ts";

/** The file beside the bundle with the licences of the packages in it. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

const ROOT = join(import.meta.dirname, "..");

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  target: "node22.19",
  minifySyntax: true,
  minifyWhitespace: true,
  // `debug` takes this package if it is installed, and here development tools bring it.
  external: ["supports-color"],
  // The licences are in a file of their own.
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
} as const satisfies BuildOptions;

const MODULE = { ...COMMON, format: "esm" } as const satisfies BuildOptions;

/** A script is a function of what a CommonJS module is given: see `src/start`. */
const SCRIPT = {
  ...COMMON,
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  banner: { js: "(function(exports,require,module,__filename,__dirname){" },
  footer: { js: "})" },
  define: { "import.meta.dirname": "__dirname" },
  supported: { "dynamic-import": false },
} as const satisfies BuildOptions;

/** The programs: what a run needs is in one script, and little that it does not need. */
const PROGRAMS = {
  help: { commands: [], parts: {} },
  check: { commands: ["check"], parts: { thread: "./src/check/threads/worker.ts" } },
  serve: { commands: ["serve"], parts: { reviews: "./src/webhook/worker/program.ts" } },
  others: {
    commands: ["audit", "upgrade", "explain", "profile", "rules", "test", "export", "completion", "lsp", "playground"],
    parts: {},
  },
} as const satisfies Record<string, Program>;

interface Program {
  /** The names of commands, by their modules in `src/commands`. */
  readonly commands: readonly string[];
  /** What else can be started: modules by the names that the script exports them by. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Bundles the command and the library into the folder, with all that they import and its licences. */
export async function bundle(folder: string): Promise<void> {
  const out = resolve(folder);
  rmSync(out, { recursive: true, force: true });
  const library = await buildLibrary(out);
  const packages = new SeparatePackages();
  const scripts: Metafile[] = [];
  for (const [name, program] of Object.entries(PROGRAMS))
    scripts.push(await buildProgram(out, name, program, packages));
  scripts.push(await buildPackages(out, packages));
  await buildStarters(out, digestOf(scripts));
  chmodSync(join(out, "cli.js"), 0o755);
  const playground = await buildPlayground(join(out, "playground"));
  const folders = new Set([library, playground, ...scripts].flatMap(bundledPackages));
  writeFileSync(join(out, NOTICES), noticesOf([...folders].sort().map((path) => join(ROOT, path))));
}

async function buildLibrary(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    ...MODULE,
    outdir,
    entryPoints: { index: "src/index.ts" },
    plugins: [precompiledSchemas, importDefiningFiles],
    // CommonJS dependencies call `require` at run time.
    banner: {
      js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
    },
  });
  return metafile;
}

async function buildProgram(
  outdir: string,
  name: string,
  { commands, parts }: Program,
  packages: SeparatePackages,
): Promise<Metafile> {
  const modules = { command: "./src/program.ts", ...parts };
  const { metafile } = await build({
    ...SCRIPT,
    outfile: join(outdir, `${name}.cjs`),
    stdin: {
      contents: Object.entries(modules)
        .map(([part, module]) => `export const ${part} = () => import("${module}");`)
        .join("\n"),
      resolveDir: ROOT,
    },
    plugins: [lazyModules, precompiledSchemas, importDefiningFiles, onlyCommands(commands), packages.plugin],
  });
  return metafile;
}

async function buildPackages(outdir: string, packages: SeparatePackages): Promise<Metafile> {
  const { metafile } = await build({
    ...SCRIPT,
    banner: { js: `${SCRIPT.banner.js}const __fileURL=require("node:url").pathToFileURL(__filename).href;` },
    define: { ...SCRIPT.define, "import.meta.url": "__fileURL" },
    outdir,
    entryPoints: packages.entryPoints(),
    plugins: [packages.entries],
  });
  return metafile;
}

/** What tells the scripts from those of every other build. */
function digestOf(metafiles: readonly Metafile[]): string {
  const sum = createHash("sha256");
  for (const path of metafiles.flatMap(({ outputs }) => Object.keys(outputs)))
    sum.update(readFileSync(join(ROOT, path)));
  return sum.digest("hex").slice(0, 16);
}

/** What Node is started with: small files that run the program's script. */
async function buildStarters(outdir: string, digest: string): Promise<void> {
  const start = `import { startCommand, startPart } from "./src/start/index.ts";
    const folder = import.meta.dirname, build = "${digest}";`;
  const command = `${start}
    const { program, keep } = startCommand(folder, build);
    const { main: run, reportBug } = await program.command();
    const main = (args) => run(args, keep);
    export { main, reportBug };`;
  const starters = {
    worker: `${start} await startPart(folder, build, "check").thread();`,
    "review-worker": `${start} await startPart(folder, build, "serve").reviews();`,
  };
  await build({
    ...MODULE,
    outfile: join(outdir, "cli.js"),
    entryPoints: ["src/bin.ts"],
    plugins: [replaced(/^\.\/program\.ts$/, command)],
  });
  for (const [name, contents] of Object.entries(starters))
    await build({ ...MODULE, outfile: join(outdir, `${name}.js`), stdin: { contents, resolveDir: ROOT } });
}

/** An esbuild plugin that leaves out all other commands. */
function onlyCommands(names: readonly string[]): Plugin {
  return {
    name: "only-commands",
    setup(building) {
      building.onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path, kind, importer }) =>
        kind === "dynamic-import" && importer.endsWith("commands.ts") && !names.includes(basename(path, ".ts"))
          ? { path, external: true }
          : undefined,
      );
    },
  };
}

/** An esbuild plugin that has other contents in the place of a module. */
function replaced(filter: RegExp, contents: string): Plugin {
  return {
    name: "replaced",
    setup(building) {
      building.onResolve({ filter }, ({ path }) => ({ path, namespace: "replaced" }));
      building.onLoad({ filter, namespace: "replaced" }, () => ({ contents, resolveDir: ROOT }));
    },
  };
}
