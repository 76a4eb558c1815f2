/**
 * `npm run package` in editors/vscode, or `node scripts/vscode.ts [--out FILE]`: makes the extension of `dist`, which must be built,
 * and packs it. vsce is installed when it is missing; nothing else is loaded from anywhere.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { NOTICES } from "./bundle.ts";
import { bundleExtension } from "./vscode-bundle.ts";
import { faultsOfPackage } from "./vscode-files.ts";

const ROOT = join(import.meta.dirname, "..");
const HOME = join(ROOT, "editors", "vscode");
const SERVER = join(ROOT, "dist");
const VSCE = join("node_modules", "@vscode", "vsce", "vsce");
/** What the server has no use for. */
const LEFT_OUT = ["playground", "index.js", "serve.cjs", "review-worker.js"];

const { values } = parseArgs({ options: { out: { type: "string", default: join(HOME, "fairlead.vsix") } } });
const out = resolve(values.out);
if (!existsSync(join(SERVER, "cli.js")))
  fail("there is no dist: run `npm run build` in the root of the repository first");
for (const name of ["dist", "server"]) rmSync(join(HOME, name), { recursive: true, force: true });
writeFileSync(join(HOME, NOTICES), await bundleExtension(join(HOME, "dist", "extension.cjs")));
cpSync(SERVER, join(HOME, "server", "dist"), {
  recursive: true,
  filter: (path) => !LEFT_OUT.includes(relative(SERVER, path)),
});
// The ready-made policies, which the server reads from beside its scripts.
cpSync(join(ROOT, "policies"), join(HOME, "server", "policies"), {
  recursive: true,
  filter: (path) => !path.endsWith(".test.yaml"),
});
copyFileSync(join(ROOT, "LICENSE"), join(HOME, "LICENSE"));
if (!isInstalled()) run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
const faults = faultsOfPackage(packedFiles());
if (faults.length > 0) fail(faults.join("\n"));
run(process.execPath, [VSCE, "package", "--no-dependencies", "--out", out]);

/** The files that are going to be packed. */
function packedFiles(): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VSCE, "ls", "--no-dependencies"], {
    cwd: HOME,
    encoding: "utf8",
  });
  if (status !== 0) fail(stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Whether vsce is installed as the lock file says. */
function isInstalled(): boolean {
  const installed = statSync(join(HOME, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return installed !== undefined && installed.mtimeMs >= statSync(join(HOME, "package-lock.json")).mtimeMs;
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd: HOME, stdio: "inherit" });
  if (status !== 0) fail(`${program} ${args.join(" ")} failed`);
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}
