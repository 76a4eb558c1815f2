import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** A server process under load. */
export interface Contender {
  readonly process: ChildProcess;
  readonly port: number;
}

/** The output of the load generator. */
export interface Round {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
}

/** Starts a server that prints one JSON line with its `port` once it listens. */
export async function startContender(args: readonly string[]): Promise<Contender> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const ready: unknown = JSON.parse(line);
    lines.close();
    // The log must be read, or the server would block on the full pipe.
    child.stdout.resume();
    return { process: child, port: numberAt(ready, "port") };
  }
  throw new Error(`ended before it was ready: ${args.join(" ")}`);
}

/** Runs the load generator once. */
export async function load(args: readonly string[]): Promise<Round> {
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const round: unknown = JSON.parse(stdout);
  return { requests: numberAt(round, "requests"), p50: numberAt(round, "p50"), p99: numberAt(round, "p99") };
}

/** The resident memory of a process in MiB; 0 if the system does not provide it. */
export function memoryOf({ pid }: ChildProcess): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** The unit of process times in Linux, a hundredth of a second, in microseconds. */
const TICK = 10_000;

/** The processor time of a process so far, in microseconds; 0 if the system does not provide it. */
export function cpuTimeOf({ pid }: ChildProcess): number {
  try {
    const stat = readFileSync(`/proc/${pid ?? 0}/stat`, "utf8");
    // The command name is in parentheses and may contain blanks; user and system time are the 12th and 13th fields after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK;
  } catch {
    return 0;
  }
}

function numberAt(value: unknown, name: string): number {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found !== "number") throw new Error(`no number ${name} in ${JSON.stringify(value)}`);
  return found;
}
