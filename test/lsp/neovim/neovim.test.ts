import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { fairlead } from "#test/check/run-cli.ts";
import { CLI, ROOT } from "#test/paths.ts";

const NEOVIM = process.env["NVIM"] ?? "nvim";
/** Whoever names a Neovim wants these tests to run. */
const isThere = process.env["NVIM"] !== undefined || spawnSync(NEOVIM, ["--version"]).status === 0;
const inNeovim = isThere ? test : test.skip;
const reason = isThere ? "" : " (skipped: install Debian's package neovim, or name the program in NVIM)";
const EXAMPLE = join(ROOT, "examples/mistakes/ten-mistakes.yaml");
const folder = mkdtempSync(join(tmpdir(), "fairlead-neovim-"));
const file = join(folder, "ten-mistakes.yaml");
let result: JsonObject;

beforeAll(async () => {
  if (!isThere) return;
  copyFileSync(EXAMPLE, file);
  const answer = join(folder, "result.json");
  const script = join(ROOT, "test/lsp/neovim/session.lua");
  await promisify(execFile)(NEOVIM, ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${script}`], {
    cwd: folder,
    timeout: 50_000,
    env: {
      ...process.env,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
      FAIRLEAD_SERVER: JSON.stringify([process.execPath, CLI, "lsp", "--stdio"]),
      FAIRLEAD_FILE: file,
      FAIRLEAD_RESULT: answer,
    },
  });
  const read: unknown = JSON.parse(readFileSync(answer, "utf8"));
  result = isObject(read) ? read : {};
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The places and codes that are shown, or reported. */
function listed(found: unknown, place: (one: JsonObject) => unknown[]): string[] {
  return (Array.isArray(found) ? found : []).map((one) => place(isObject(one) ? one : {}).join(" ")).sort();
}

inNeovim(`Neovim shows what fairlead check reports${reason}`, async () => {
  expect(result["problem"]).toBeUndefined();
  const { stdout } = await fairlead(["check", ".", "--format", "json"], { cwd: folder });
  const report: unknown = JSON.parse(stdout);
  const reported = listed(isObject(report) ? report["findings"] : [], ({ rule, region }) => [
    isObject(region) ? region["startLine"] : 0,
    rule,
  ]);
  expect(reported.length).toBeGreaterThan(5);
  expect(listed(result["before"], ({ line, code }) => [line, code])).toEqual(reported);
});

inNeovim(`Neovim shows help for the field at the cursor${reason}`, () => {
  expect(result["hover"]).toMatch(/^`spec\.ports`/);
});

inNeovim(`Neovim applies all plain fixes, as fairlead check --fix does${reason}`, async () => {
  await fairlead(["check", ".", "--fix"], { cwd: folder });
  expect(result["text"]).toBe(readFileSync(file, "utf8"));
  expect(listed(result["after"], ({ code }) => [code]).length).toBeLessThan(
    listed(result["before"], ({ code }) => [code]).length,
  );
});
