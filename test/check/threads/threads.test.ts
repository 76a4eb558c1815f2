import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { readRun } from "#test/conformance/vectors.ts";
import { type CliResult, fairlead } from "../run-cli.ts";
import { ROOT } from "#test/paths.ts";

/** Every 25th recorded object is used. */
const STEP = 25;
const NUMBERS = ["123456789012345678901", "80.0", "8e1", "1.5", "{ text: '1.5' }", "0120", "on"];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-threads-"));
  mkdirSync(join(folder, "all"));
  // Threads are started after the first 300 files.
  for (let number = 0; number < 340; number++) {
    const value = NUMBERS[number % NUMBERS.length] ?? "";
    const text = `apiVersion: v1\nkind: Service\nmetadata: { name: w${number}, generation: ${value} }\nspec:\n  ports: [{ port: ${value} }]\n  healthCheckNodePort: ${value}\nstatus: { x: ${value} }\n`;
    writeFileSync(join(folder, "all", `w-${number}.yaml`), `${text}---\n${text.replaceAll(value, "80")}`);
  }
  // The stack of a thread has another size than that of the main thread.
  for (const depth of [400, 2000, 8000]) {
    const deep = { apiVersion: "v1", kind: "Service", metadata: { name: `d${depth}` }, x: "deep" };
    const text = JSON.stringify(deep).replace('"deep"', "[".repeat(depth) + "]".repeat(depth));
    writeFileSync(join(folder, "all", `x-${depth}.json`), text);
    writeFileSync(join(folder, "all", `x-${depth}.yaml`), `# YAML\n${text}`);
  }
  const { vectors } = readRun(join(ROOT, "test/conformance/1.36-dual.jsonl.gz"));
  for (const { id, object } of vectors.filter((_vector, index) => index % STEP === 0)) {
    writeFileSync(join(folder, "all", `y-${id}.yaml`), stringify(object ?? {}, { version: "1.1" }));
    writeFileSync(join(folder, "all", `y-${id}.json`), JSON.stringify(object ?? {}));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const FORMATS = ["json", "sarif", "junit", "github", "gitlab", "html"];
const REPORTS = FORMATS.map((format) => ({ format, file: `report.${format}` }));

describe("a run has the same output with threads as without, byte for byte", () => {
  it.each(["stored", "admitted", "diff"])("--show %s", async (show) => {
    const run = (workers: string) => check(workers, "--field-validation", "ignore", "--show", show);
    expect(await run("2")).toEqual(await run("0"));
  });

  it("in every format", async () => {
    const run = async (workers: string) => {
      const written = REPORTS.map(({ format, file }) => `--format=${format}=${file}`);
      const result = await check(workers, "--format=text", ...written);
      const reports = REPORTS.map(({ format, file }) => [format, readFileSync(join(folder, file), "utf8")] as const);
      // The page repeats the command.
      return { ...result, ...Object.fromEntries(reports.map(([format, text]) => [format, withoutWorkers(text)])) };
    };
    const [threads, none] = [await run("2"), await run("0")];
    expect(Object.keys(none)).toEqual(["code", "stdout", "stderr", ...FORMATS]);
    expect(threads).toEqual(none);
  });
});

function check(workers: string, ...args: readonly string[]): Promise<CliResult> {
  return fairlead(["check", "--no-config", "--workers", workers, ...args, "all"], {
    cwd: folder,
    command: ["env", "SOURCE_DATE_EPOCH=1795000000"],
  });
}

function withoutWorkers(page: string): string {
  return page.replace(/>--workers<.*?>\d</, "");
}
