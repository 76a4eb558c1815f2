import { spawn } from "node:child_process";
import { endingWithTest } from "../cleanup.ts";
import { CLI } from "../paths.ts";

export { CLI };

/** What a run of the real command left behind. */
export interface Ran {
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
    /** A command to run it by, such as `setpriv`. */
    readonly command?: readonly string[];
  } = {},
): Promise<Ran> {
  const [program = "", ...rest] = [...(options.command ?? []), process.execPath, CLI, ...args];
  const child = endingWithTest(spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"], cwd: options.cwd }));
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
