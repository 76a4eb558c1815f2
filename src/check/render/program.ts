import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The most bytes of output that a program may write: the manifests of a large chart. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
/** The longest that one rendering may take, in milliseconds: remote bases are fetched over the network. */
const TIMEOUT = 120_000;

/** The output of a program, or why there is none. */
export type ProgramResult = { readonly output: string } | { readonly failure: string };

/**
 * The path of a program in the folders of `PATH`; undefined if it is in none. Relative folders are skipped: they would
 * let a checkout bring a program of its own.
 */
export function findProgram(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith("/"));
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Runs a program without a shell and without prompts. Never rejects: a failure is the text of standard error. */
export function runProgram(path: string, args: readonly string[]): Promise<ProgramResult> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
  return new Promise((resolve) => {
    const child = execFile(
      path,
      args,
      { encoding: "utf8", env, maxBuffer: MAX_OUTPUT_BYTES, timeout: TIMEOUT, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        if (error === null) resolve({ output: stdout });
        else resolve({ failure: failureOf(error, stderr) });
      },
    );
    child.stdin?.end();
  });
}

/** Lines that kustomize and Helm write beside the reason of a failure. */
const NOISE = /^(?:# Warning: |level=(?:DEBUG|INFO|WARN) |Use --debug flag )/;

function failureOf(error: Error & { readonly killed?: boolean }, stderr: string): string {
  if (error.killed === true) return `it did not finish within ${TIMEOUT / 1000} s, or wrote too much`;
  const text = stderr
    .split("\n")
    .filter((line) => !NOISE.test(line))
    .join("\n")
    .trim()
    .replace(/^(?:Error|error): ?/, "");
  return text === "" ? error.message : text;
}
