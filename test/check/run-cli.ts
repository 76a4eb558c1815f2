import { spawn } from "node:child_process";
import { killAfterTest } from "../cleanup.ts";
import { CLI } from "../paths.ts";

export { CLI };

/** The result of a run of the real command. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `fairlead` as a user would. */
export function fairlead(
  args: readonly string[],
  options: {
    readonly input?: string | Uint8Array;
    readonly cwd?: string;
    /** A command to run it with, such as `setpriv`. */
    readonly command?: readonly string[];
  } = {},
): Promise<CliResult> {
  const [program = "", ...rest] = [...(options.command ?? []), process.execPath, CLI, ...args];
  const child = killAfterTest(spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"], cwd: options.cwd }));
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
