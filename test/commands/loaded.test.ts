import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { valueAt } from "#src/field/json.ts";
import { CLI, ROOT } from "../paths.ts";

const HOOK = join(ROOT, "test/commands/programs/loaded.mjs");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-loaded-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Loaded {
  readonly scripts: readonly { readonly name: string; readonly isCached: boolean }[];
  readonly modules: readonly string[];
}

function loadedBy(command: string, environment: Readonly<Record<string, string>> = {}): Loaded {
  const file = join(folder, "loaded");
  execFileSync(process.execPath, ["--import", HOOK, CLI, ...command.split(" ")], {
    cwd: ROOT,
    env: { ...process.env, LOADED: file, NODE_COMPILE_CACHE: join(folder, "cache"), ...environment },
    stdio: "pipe",
  });
  const loaded: unknown = JSON.parse(readFileSync(file, "utf8"));
  const list = (key: string): readonly unknown[] => [valueAt(loaded, [key])].flat();
  return {
    scripts: list("scripts").map((script) => ({
      name: String(valueAt(script, ["name"])),
      isCached: valueAt(script, ["isCached"]) === true,
    })),
    modules: list("modules").map(String),
  };
}

// Nearly all of the time of a small run is spent on loading: a command must not load what belongs to another, or what it does
// not use of Node.
const CHECK = "check --no-config examples/clean.yaml";
it.each([
  { command: "--version", scripts: ["help"], modules: ["net", "os", "stream"] },
  { command: "explain spec.type", scripts: ["others"], modules: ["net", "os", "stream"] },
  { command: CHECK, scripts: ["check"], modules: ["os"] },
  {
    command: `${CHECK} --policy baseline`,
    scripts: ["check"],
    modules: ["os", "crypto", "fs/promises", "stream", "timers/promises"],
  },
  { command: "rules", scripts: ["others", "yaml"], modules: ["net", "os", "stream"] },
  { command: "serve --help", scripts: ["serve", "yaml", "pino", "prom-client"], modules: undefined },
])("$command loads $scripts, and of Node $modules at most", ({ command, scripts, modules }) => {
  const loaded = loadedBy(command);
  expect(loaded.scripts.map(({ name }) => name).toSorted()).toEqual(scripts.toSorted());
  if (modules === undefined) return;
  // A check that blocks for long, as on a busy machine, lets the event loop run.
  const perhaps = [...modules, "stream/promises", "string_decoder", "timers/promises"];
  expect(loaded.modules.filter((name) => !perhaps.includes(name))).toEqual([]);
});
