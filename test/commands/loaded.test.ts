import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { CLI, ROOT } from "../paths.ts";

const HOOK = join(ROOT, "test/commands/programs/loaded.mjs");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-loaded-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// Nearly all of the time of a small run is spent on loading: a command must not load what belongs to another. The bounds are a
// tenth above what is loaded today; imports through doors that are not taken apart by the build were half as much again.
it.each([
  { command: "--version", kilobytes: 70 },
  { command: "explain spec.type", kilobytes: 150 },
  { command: "check --no-config examples/clean.yaml", kilobytes: 770 },
  { command: "check --no-config --policy baseline examples/clean.yaml", kilobytes: 1290 },
  { command: "upgrade --no-config --from 1.31 examples/clean.yaml", kilobytes: 860 },
  { command: "rules", kilobytes: 930 },
  { command: "serve --help", kilobytes: 1980 },
])("$command loads $kilobytes kB at most", ({ command, kilobytes }) => {
  const file = join(folder, "loaded");
  execFileSync(process.execPath, ["--import", HOOK, CLI, ...command.split(" ")], {
    cwd: ROOT,
    env: { ...process.env, LOADED: file, NODE_COMPILE_CACHE: join(folder, "cache") },
    stdio: "pipe",
  });
  const loaded = Number(readFileSync(file, "utf8"));
  expect(loaded).toBeGreaterThan(10_000);
  expect(loaded).toBeLessThan(kilobytes * 1000);
});
