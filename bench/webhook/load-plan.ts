import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { onCore } from "../cores.ts";

/** What the load generator does. */
export interface LoadPlan {
  readonly port: number;
  /** The file of the CA certificate. */
  readonly ca: string;
  /** Reviews, sent in turn: the file, and the path that it is sent to. */
  readonly targets: readonly { readonly path: string; readonly file: string }[];
  readonly connections: number;
  readonly milliseconds: number;
  /** Reviews a second, whatever the answers; without it, each connection sends the next one when it has an answer. */
  readonly rate?: number;
  /** Whether reviews may be shed (503), which are measured as the others are; without it, one ends the load. */
  readonly isShedAllowed?: true;
}

/** What the load generator has measured. */
export interface Round {
  readonly milliseconds: number;
  /** The generator's own processor time, in microseconds: when it is all that a core has, the generator is the limit. */
  readonly cpu: number;
  /** The time of each review in microseconds. */
  readonly times: readonly number[];
  /** When each of them was answered, in milliseconds since the epoch. */
  readonly ends: readonly number[];
}

/** @throws Error if this is not a plan */
export function readPlan(json: string): LoadPlan {
  const plan: unknown = JSON.parse(json);
  if (isPlan(plan)) return plan;
  throw new Error(`not a plan: ${json}`);
}

/** Runs the load generator once, on this core. @throws Error if a review is not answered with 200 */
export async function load(plan: LoadPlan, core: number | undefined): Promise<Round> {
  const program = join(import.meta.dirname, "load.ts");
  const [command, ...args] = onCore(core, [process.execPath, "--no-warnings", program, JSON.stringify(plan)]);
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 64 * 1024 * 1024 });
  const round: unknown = JSON.parse(stdout);
  if (isRound(round)) return round;
  throw new Error("the load generator printed something else");
}

function isPlan(value: unknown): value is LoadPlan {
  return typeof value === "object" && value !== null && "targets" in value && "connections" in value;
}

function isRound(value: unknown): value is Round {
  return (
    typeof value === "object" && value !== null && "times" in value && Array.isArray(value.times) && "ends" in value
  );
}
