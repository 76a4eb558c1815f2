import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { onCore } from "../cores.ts";

/** A server process under load. */
export interface Contender {
  readonly process: ChildProcess;
  readonly port: number;
  /** That of the metrics, if it has one. */
  readonly healthPort?: number | undefined;
  /** Milliseconds from the start of the process until it was ready. */
  readonly ready: number;
}

/** Where a server runs, and what its environment has besides this process's. */
export interface Surroundings {
  readonly core?: number | undefined;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Starts a server that prints one JSON line with its `port` once it is ready. Lines without one, such as of a log, are passed over. */
export async function startContender(args: readonly string[], surroundings: Surroundings = {}): Promise<Contender> {
  const begun = performance.now();
  const child = spawnNode(args, surroundings);
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const port = numberIn(line, "port");
    if (port === undefined) continue;
    lines.close();
    // The log must be read, or the server would block on the full pipe.
    child.stdout.resume();
    const healthPort = numberIn(line, "healthPort");
    return { process: child, port, healthPort, ready: performance.now() - begun };
  }
  throw new Error(`ended before it was ready: ${args.join(" ")}`);
}

/** Starts a Node program as it runs in production; its standard output must be read. */
export function spawnNode(args: readonly string[], { core, env, cwd }: Surroundings) {
  const [command, ...rest] = onCore(core, [process.execPath, ...args]);
  const environment = { ...process.env, NODE_ENV: "production", ...env };
  return spawn(command, rest, { stdio: ["ignore", "pipe", "inherit"], env: environment, cwd });
}

function numberIn(line: string, name: string): number | undefined {
  if (!line.startsWith("{")) return undefined;
  const ready: unknown = JSON.parse(line);
  const found: unknown = typeof ready === "object" && ready !== null ? Reflect.get(ready, name) : undefined;
  return typeof found === "number" ? found : undefined;
}

/** Ends a server at once, and waits until it is gone. */
export async function end({ process: child }: Contender): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** The resident memory of a process and all below it, in MiB; NaN if the system does not provide it. */
export function memoryOf({ pid = 0 }: ChildProcess): number {
  return [...treeOf(pid)].reduce((sum, one) => sum + residentOf(one), 0) / 1024;
}

function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? Number.NaN);
}

/** The unit of process times in Linux, a hundredth of a second, in microseconds. */
const TICK = 10_000;

/** The processor time of a process and all below it so far, in microseconds; NaN if the system does not provide it. */
export function cpuTimeOf({ pid = 0 }: ChildProcess): number {
  return [...treeOf(pid)].reduce((sum, one) => sum + ticksOf(one), 0) * TICK;
}

function ticksOf(pid: number): number {
  const stat = textOf(`/proc/${pid}/stat`);
  // The command name is in parentheses and may contain blanks; user and system time are the 12th and 13th fields after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** A process and all below it. */
function* treeOf(pid: number): Generator<number> {
  yield pid;
  for (const task of tasksOf(pid)) {
    const children = textOf(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean);
    for (const child of children) yield* treeOf(Number(child));
  }
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
