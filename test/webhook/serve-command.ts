import { spawn } from "node:child_process";
import { once } from "node:events";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { killAfterTest } from "../cleanup.ts";
import { until } from "./harness.ts";
import { CLI } from "../paths.ts";

/** `fairlead serve` as a process, with what it prints. */
export interface ServeCommand {
  readonly pid: number;
  stop(signal?: NodeJS.Signals): void;
  output(): string;
  /** Nobody reads its log any more. */
  closeOutput(): void;
  /** The log so far. */
  lines(): readonly JsonObject[];
  errors(): string;
  /** Waits for the first line of the log, which says that it is ready. */
  ready(): Promise<{ readonly port: number; readonly healthPort: number }>;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** How it is started, where that matters. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** For Node itself. */
  readonly node?: readonly string[];
}

/** Starts the real command; it is ended with the test. */
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
      const isDone = (): boolean => child.exitCode !== null || lines().some(({ msg }) => msg === "ready");
      await until(isDone, "the ready line");
      const line = lines().find(({ msg }) => msg === "ready");
      if (line === undefined) throw new Error(`the server ended: ${output}${errors}`);
      return { port: Number(line["port"]), healthPort: Number(line["healthPort"]) };
    },
    ended,
  };
}

/** The JSON objects of a log, whole lines alone. */
export function linesIn(output: string): JsonObject[] {
  return output.split("\n").flatMap((line) => {
    const value: unknown = line.startsWith("{") && line.endsWith("}") ? JSON.parse(line) : undefined;
    return isObject(value) ? [value] : [];
  });
}
