import { join } from "node:path";
import type { Cores } from "../cores.ts";
import type { Options } from "../table.ts";
import { type Contender, cpuTimeOf } from "./contender.ts";
import { load, type Round } from "./load-plan.ts";
import type { Server } from "./servers.ts";

const REVIEWS = join(import.meta.dirname, "../../test/reviews");

/** The reviews, as a real API server sent them, and where it sends them. */
export const REVIEW_KINDS = [
  { review: "create to /mutate", path: "/mutate", file: "create-main-kubectl-client-side-apply-shop-mutating.json" },
  {
    review: "create to /validate",
    path: "/validate",
    file: "create-main-kubectl-client-side-apply-shop-validating.json",
  },
  { review: "update to /validate", path: "/validate", file: "update-main-kubectl-patch-shop-validating.json" },
].map((kind) => ({ ...kind, file: join(REVIEWS, kind.file) }));

/** A way of sending reviews. */
export interface Way {
  readonly connections: number;
  readonly rate?: number;
}

export const WAYS = {
  underLoad: { connections: 8 },
  // A batch of one: nothing is shared with another review.
  oneByOne: { connections: 1 },
  // More than are needed: a server that stalls is to have all that came meanwhile.
  atFixedRate: { connections: 32, rate: 500 },
} as const satisfies Readonly<Record<string, Way>>;

/** How often and how long: in milliseconds. The first round of each is a warm-up and does not count. */
export interface Durations {
  readonly rounds: number;
  readonly warmUp: number;
  readonly round: number;
  readonly fixedRate: number;
}

/** Compilation is done after tens of thousands of reviews. p99.9 at a fixed rate is of 500 * 4 * 5 reviews. */
const FULL: Durations = { rounds: 5, warmUp: 3000, round: 2000, fixedRate: 4000 };
const QUICK: Durations = { rounds: 2, warmUp: 200, round: 200, fixedRate: 300 };

export function durationsOf({ quick }: Options): Durations {
  return quick ? QUICK : FULL;
}

/** One round of one server. `cpu` is the processor time of the server, and `busy` how much of a core the load generator used. */
export interface Measured {
  readonly perSecond: number;
  /** Microseconds a review; or milliseconds for 1,000 reviews. */
  readonly cpu: number;
  readonly busy: number;
  /** Milliseconds each. */
  readonly times: readonly number[];
}

/** A running server. */
export interface Running {
  readonly server: Server;
  readonly contender: Contender;
}

/** Sends reviews of one kind in one way to each of the servers, in alternating rounds. */
export async function takeTurns(
  running: readonly Running[],
  { path, file }: { readonly path: string; readonly file: string },
  way: Way,
  durations: Durations,
  { ca, cores }: { readonly ca: string; readonly cores: Cores },
): Promise<readonly (readonly Measured[])[]> {
  const rounds: Measured[][] = running.map(() => []);
  for (let round = 0; round <= durations.rounds; round++) {
    for (const [index, { server, contender }] of running.entries()) {
      const milliseconds =
        round === 0 ? durations.warmUp : way.rate === undefined ? durations.round : durations.fixedRate;
      const plan = {
        ...way,
        port: contender.port,
        ca,
        targets: [{ path: `${path}${server.suffix ?? ""}`, file }],
        milliseconds,
      };
      const before = cpuTimeOf(contender.process);
      const measured = await load(plan, cores.load);
      const cpu = cpuTimeOf(contender.process) - before;
      if (round > 0) rounds[index]?.push(measuredOf(measured, cpu));
    }
  }
  return rounds;
}

function measuredOf({ times, milliseconds, cpu: own }: Round, cpu: number): Measured {
  return {
    perSecond: (times.length * 1000) / milliseconds,
    cpu: cpu / times.length,
    busy: own / 1000 / milliseconds,
    times: times.map((time) => time / 1000),
  };
}
