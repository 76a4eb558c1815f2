import { spawn } from "node:child_process";
import { PATIENCE } from "../patience.ts";
import { unlessInterrupted } from "./interrupt.ts";

/** The result of a command. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command, with `input` on its standard input and these variables besides those of the environment. */
export async function run(
  command: string,
  args: readonly string[],
  input = "",
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
  const chunks = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (chunks.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (chunks.stderr += chunk));
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      resolve({ code, ...chunks });
    });
  });
}

/**
 * Repeats a call until it returns an answer, for at most `seconds`.
 * @throws if it does not.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  seconds = PATIENCE / 1000,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    unlessInterrupted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
