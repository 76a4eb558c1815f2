import { spawn } from "node:child_process";
import { join } from "node:path";

/** What one run of a program came to. */
export interface Measured {
  /** From its start to its end, in milliseconds. */
  readonly wall: number;
  /** Processor time of all its threads, in milliseconds. */
  readonly cpu: number;
  readonly mebibytes: number;
  /** From its start to the first that it said, in milliseconds. */
  readonly firstOutput: number;
}

const USAGE = join(import.meta.dirname, "usage.mjs");

/** Runs a Node program once. @throws if it ends in none of the codes */
export function measure(args: readonly string[], codes: readonly number[]): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", USAGE, ...args], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
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

/** Runs each program so many times, taking turns; of each figure the least counts: all else is the machine's noise. */
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
    // Of memory the most counts: it is the peak that a container must have.
    mebibytes: Math.max(one.mebibytes, other.mebibytes),
    firstOutput: Math.min(one.firstOutput, other.firstOutput),
  };
}
