import { spawn } from "node:child_process";
import { once } from "node:events";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { killAfterTest } from "../cleanup.ts";
import { until } from "./harness.ts";
import { CLI } from "../paths.ts";

/** A process of `fairlead serve`, and its output. */
export interface ServeCommand {
  readonly pid: number;
  stop(signal?: NodeJS.Signals): void;
  output(): string;
  /** Closes the pipe of its log. */
  closeOutput(): void;
  /** The log lines so far. */
  lines(): readonly JsonObject[];
  errors(): string;
  /** Waits for the log line `ready`. @returns its ports */
  ready(): Promise<{ readonly port: number; readonly healthPort: number }>;
  /** The exit code; null if a signal ended the process. */
  readonly ended: Promise<number | null>;
}

/** Options that have defaults. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options for Node. */
  readonly node?: readonly string[];
}

/** Starts the real command; it is killed at the end of the test. */
export function startServe(args: readonly string[], { env = {}, node = [] }: StartOptions = {}): ServeCommand {
  const child = killAfterTest(
    spawn(process.execPath, [...node, CLI, "serve", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    }),
  );
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const ended = once(child, "close").then(() => child.exitCode);
  const lines = (): JsonObject[] => linesIn(output);
  return {
    pid: child.pid ?? 0,
    stop: (signal = "SIGTERM") => void child.kill(signal),
    output: () => output,
    closeOutput: () => child.stdout.destroy(),
    lines,
    errors: () => errors,
    ready: async () => {
      const isReadyOrEnded = (): boolean => child.exitCode !== null || lines().some(({ msg }) => msg === "ready");
      await until(isReadyOrEnded, "the ready line");
      const line = lines().find(({ msg }) => msg === "ready");
      if (line === undefined) throw new Error(`the server ended: ${output}${errors}`);
      return { port: Number(line["port"]), healthPort: Number(line["healthPort"]) };
    },
    ended,
  };
}

/** The JSON objects of a log; incomplete lines are skipped. */
export function linesIn(output: string): JsonObject[] {
  return output.split("\n").flatMap((line) => {
    const value: unknown = line.startsWith("{") && line.endsWith("}") ? JSON.parse(line) : undefined;
    return isObject(value) ? [value] : [];
  });
}
