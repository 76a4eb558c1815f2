import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isObject } from "#src/field/json.ts";
import { BUILT, MODULE } from "./module.ts";
import { PEPR } from "./pinned.ts";

const CACHE = join(import.meta.dirname, "../../../.cache/pepr", PEPR.version);
/** Milliseconds that npm, and then Pepr's build, may take. */
const PATIENCE = 600_000;

/**
 * Pepr with the measured module, built by Pepr itself: installed from the npm registry unless it is in the cache.
 * @returns the folder, and the program in it
 * @throws Error if the registry cannot be reached, or has another Pepr under this version
 */
export async function installPepr(): Promise<{ readonly folder: string; readonly program: string }> {
  const program = join(CACHE, BUILT);
  mkdirSync(CACHE, { recursive: true });
  if (isCurrent(program)) return { folder: CACHE, program };
  for (const [name, text] of Object.entries(MODULE)) writeFileSync(join(CACHE, name), text);
  await runIn("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  const found = integrity();
  if (found !== PEPR.integrity) throw new Error(`${PEPR.name}@${PEPR.version} is ${found}, not ${PEPR.integrity}`);
  await runIn(process.execPath, [join(CACHE, "node_modules/pepr/dist/cli.js"), "build"]);
  if (!existsSync(program)) throw new Error(`pepr build has made no ${BUILT}`);
  return { folder: CACHE, program };
}

/** Whether the program is there, and the module is the one that it was built from. */
function isCurrent(program: string): boolean {
  const isSame = ([name, text]: readonly [string, string]): boolean => {
    const path = join(CACHE, name);
    return existsSync(path) && readFileSync(path, "utf8") === text;
  };
  return existsSync(program) && Object.entries(MODULE).every(isSame);
}

async function runIn(command: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(command, args, { cwd: CACHE, timeout: PATIENCE });
  } catch (error) {
    const reason = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${command} ${args.join(" ")}: ${reason.split("\n")[0] ?? ""}`, { cause: error });
  }
}

/** The digest of what npm has installed, by its own record. */
function integrity(): string {
  const lock: unknown = JSON.parse(readFileSync(join(CACHE, "node_modules/.package-lock.json"), "utf8"));
  const packages = isObject(lock) ? lock["packages"] : undefined;
  const entry = isObject(packages) ? packages["node_modules/pepr"] : undefined;
  return isObject(entry) ? String(entry["integrity"]) : "unknown";
}
