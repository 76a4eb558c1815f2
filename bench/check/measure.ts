import { spawn } from "node:child_process";
import { join } from "node:path";

/** The measurements of one run of a program. */
export interface Measured {
  /** From its start to its exit, in milliseconds. */
  readonly wall: number;
  /** Processor time of all its threads, in milliseconds. */
  readonly cpu: number;
  /** Peak resident memory. */
  readonly mebibytes: number;
  /** From its start to its first output, in milliseconds. */
  readonly firstOutput: number;
}

const USAGE = join(import.meta.dirname, "usage.mjs");

/** Runs a Node program once. @throws Error if its exit code is not one of these */
export function measure(
  args: readonly string[],
  codes: readonly number[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", USAGE, ...args], {
    stdio: ["ignore", "pipe", "inherit", "pipe"],
    env: { ...process.env, ...environment },
  });
  let firstOutput = Number.NaN;
  let usage = "";
  child.stdout?.on("data", () => {
    if (Number.isNaN(firstOutput)) firstOutput = performance.now() - begun;
  });
  child.stdio[3]?.on("data", (chunk: Buffer) => (usage += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      const wall = performance.now() - begun;
      if (code === null || !codes.includes(code)) reject(new Error(`${args.join(" ")} ended in ${code ?? "a signal"}`));
      else resolve({ wall, firstOutput, ...usageOf(usage) });
    });
  });
}

function usageOf(text: string): Pick<Measured, "cpu" | "mebibytes"> {
  const usage: unknown = JSON.parse(text);
  if (typeof usage !== "object" || usage === null || !("cpu" in usage) || !("mebibytes" in usage)) {
    throw new Error(`no usage: ${text}`);
  }
  return { cpu: Number(usage.cpu), mebibytes: Number(usage.mebibytes) };
}

/**
 * Runs the programs in alternation, each `rounds` times; the minimum of each figure counts, since the rest is noise of the
 * machine.
 */
export async function measureAlternately<Name extends string>(
  programs: Readonly<Record<Name, readonly string[]>>,
  rounds: number,
  codes: readonly number[],
): Promise<(name: Name) => Measured> {
  const best = new Map<string, Measured>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, args] of Object.entries<readonly string[]>(programs)) {
      best.set(name, least(await measure(args, codes), best.get(name)));
    }
  }
  return (name) => {
    const found = best.get(name);
    if (found === undefined) throw new Error(`${name} has not been run`);
    return found;
  };
}

function least(one: Measured, other: Measured = one): Measured {
  return {
    wall: Math.min(one.wall, other.wall),
    cpu: Math.min(one.cpu, other.cpu),
    // For memory the maximum counts: a container must have room for the peak.
    mebibytes: Math.max(one.mebibytes, other.mebibytes),
    firstOutput: Math.min(one.firstOutput, other.firstOutput),
  };
}
