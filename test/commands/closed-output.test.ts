import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { killAfterTest } from "../cleanup.ts";
import { CLI } from "../paths.ts";

const COMMANDS = ["--help", "check --help", "serve --help", "explain", "explain spec.type", "rules", "completion bash"];

/** Runs the command; returns its exit code and its standard error. */
async function run(command: string, stdout: "pipe" | number): Promise<{ code: unknown; stderr: string }> {
  const args = [CLI, ...command.split(" ")];
  const child = killAfterTest(spawn(process.execPath, args, { stdio: ["ignore", stdout, "pipe"] }));
  // Long before the program writes, so that its first write fails.
  child.stdout?.destroy();
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const closed: readonly unknown[] = await once(child, "close");
  return { code: closed[0], stderr };
}

describe("a reader that is gone before anything is written", () => {
  it.each(COMMANDS)("is no error of `fairlead %s`", async (command) => {
    expect(await run(command, "pipe")).toEqual({ code: 0, stderr: "" });
  });
});

describe("a disk that is full", () => {
  it.each(COMMANDS)("is reported by `fairlead %s`", async (command) => {
    const { code, stderr } = await run(command, openSync("/dev/full", "w"));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/standard output cannot be written: .*space/)]);
  });
});
