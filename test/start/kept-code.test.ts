import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { CLI, ROOT } from "../paths.ts";

const HOOK = join(ROOT, "test/commands/programs/loaded.mjs");
const CHECK = ["check", "--no-config", "examples/clean.yaml"] as const;

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-start-"));
  cache = join(folder, "cache");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command, and returns whether it has found the compiled code of its script; it must do its work either way. */
function findsCode(
  args: readonly string[] = CHECK,
  flags: readonly string[] = [],
  { cli = CLI, places = { NODE_COMPILE_CACHE: cache } }: { cli?: string; places?: Record<string, string> } = {},
): boolean {
  const loaded = join(folder, "loaded");
  const printed = execFileSync(process.execPath, [...flags, "--import", HOOK, cli, ...args], {
    cwd: ROOT,
    env: { ...process.env, LOADED: loaded, ...places },
    encoding: "utf8",
  });
  expect(printed).toMatch(/no findings in 1 Service|"findings"/);
  return /"isCached":true/.test(readFileSync(loaded, "utf8"));
}

/** Whether a run finds compiled code soon: one that takes seconds, as on a busy machine, keeps none. */
function isKept(...run: Parameters<typeof findsCode>): boolean {
  return [1, 2, 3, 4, 5].some(() => findsCode(...run));
}

function keptFiles(): string[] {
  return existsSync(cache) ? readdirSync(cache).filter((name) => name.endsWith(".bin")) : [];
}

describe("compiled code", () => {
  it("of one run is used by the next of its kind", () => {
    expect([findsCode(), isKept()]).toEqual([false, true]);
    expect(keptFiles()).toHaveLength(1);
  });

  it("is kept for other options and for other flags of V8 by itself", () => {
    expect([findsCode(), findsCode([...CHECK, "--format", "json"]), findsCode(CHECK, ["--no-opt"])]).toEqual([
      false,
      false,
      false,
    ]);
    expect([isKept(), isKept([...CHECK, "--format", "json"]), isKept(CHECK, ["--no-opt"])]).toEqual([true, true, true]);
  });

  it.each([
    { name: "is cut off", damage: (bytes: Buffer) => bytes.subarray(0, bytes.length / 2) },
    { name: "is empty", damage: () => Buffer.alloc(0) },
    { name: "has a block that was never written", damage: (bytes: Buffer) => bytes.fill(0, 8192, 12288) },
    { name: "is of another build of V8", damage: withOtherVersion },
  ])("that $name is not used, and is written again", ({ damage }) => {
    isKept();
    const [file = ""] = keptFiles().map((name) => join(cache, name));
    writeFileSync(file, damage(readFileSync(file)));
    expect([findsCode(), isKept()]).toEqual([false, true]);
  });

  it("that others could have written is not used", () => {
    isKept();
    for (const name of keptFiles()) chmodSync(join(cache, name), 0o666);
    expect(findsCode()).toBe(false);
  });

  it("in a folder of others is neither used nor kept", () => {
    const places = { NODE_COMPILE_CACHE: "", TMPDIR: folder };
    expect([findsCode(CHECK, [], { places }), isKept(CHECK, [], { places })]).toEqual([false, true]);
    const own = join(folder, `fairlead-compiled-${process.getuid?.() ?? ""}`);
    const files = readdirSync(own);
    chmodSync(own, 0o777);
    expect(findsCode([...CHECK, "--format", "json"], [], { places })).toBe(false);
    expect(findsCode(CHECK, [], { places })).toBe(false);
    expect(readdirSync(own)).toEqual(files);
  });

  it("is not kept where the temporary folder is a file", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const places = { NODE_COMPILE_CACHE: "", TMPDIR: file };
    expect([findsCode(CHECK, [], { places }), findsCode(CHECK, [], { places })]).toEqual([false, false]);
  });

  it("is not kept where that is switched off, or nothing can be written", () => {
    writeFileSync(cache, "a file in the way");
    expect([findsCode(), findsCode()]).toEqual([false, false]);
    rmSync(cache);
    process.env["NODE_DISABLE_COMPILE_CACHE"] = "1";
    try {
      findsCode();
    } finally {
      delete process.env["NODE_DISABLE_COMPILE_CACHE"];
    }
    expect(keptFiles()).toEqual([]);
  });

  it("that is beside the scripts is used for every use, whoever it belongs to", () => {
    const dist = join(folder, "dist");
    cpSync(join(ROOT, "dist"), dist, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const beside = join(dist, "compiled");
    cache = beside;
    isKept(CHECK, [], { cli: join(dist, "cli.js") });
    cache = join(folder, "cache");
    for (const name of readdirSync(beside)) chmodSync(join(beside, name), 0o777);
    expect(findsCode([...CHECK, "--format", "json"], [], { cli: join(dist, "cli.js") })).toBe(true);
    expect(keptFiles()).toEqual([]);
  });
});

/** The version is the second number of V8's header. */
function withOtherVersion(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(1, 4);
  return bytes;
}
