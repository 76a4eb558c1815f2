import type { ChildProcess } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { writeCertificateFiles } from "../certificate-files.ts";
import { cores } from "../cores.ts";
import { median, quantile } from "../statistics.ts";
import type { Options, Row, Table } from "../table.ts";
import { type Contender, end, startContender } from "../webhook/contender.ts";
import { load, type Round as Load } from "../webhook/load-plan.ts";
import { REVIEW_KINDS } from "../webhook/rounds.ts";
import { serveArguments } from "../webhook/servers.ts";
import type { Size } from "./objects.ts";
import { startStandIn } from "./stand-in.ts";

const POLICIES = join(import.meta.dirname, "../../policies");
const SETS = ["baseline.yaml", "consistency.yaml"];

/** Reviews a second, of a cluster in which much is written, over more connections than they need. */
const RATE = 200;
const CONNECTIONS = 32;
const ROUNDS = { full: 2, quick: 1 } as const;

/** In milliseconds: reviews that do not count, since the server is not warm yet. */
const WARM_UP = 4000;
/** Two rounds do not begin within less, and how long it takes until a change of the policies is seen. */
const LEAST_BETWEEN = 15_000;
const NOTICE = 2500;
/** Within this time the first reports are written, 100 in a second; and in later rounds it is found that none has changed. */
const FIRST_WRITES = 8000;
const WRITES = 1000;
/** The longest time without a round that is measured. */
const LONGEST_QUIET = 15_000;

/** Reviews at a constant rate while the audit in the background judges all Services of a cluster, beside those between its rounds. */
export async function duringAudit(size: Size, { quick }: Options): Promise<readonly Table[]> {
  const bound = cores();
  const files = await writeCertificateFiles();
  const kubeconfig = join(files.folder, "kubeconfig");
  const policies = join(files.folder, "policies");
  let standIn: ChildProcess | undefined;
  let server: Contender | undefined;
  try {
    standIn = await startStandIn(size, kubeconfig, bound.load);
    mkdirSync(policies);
    for (const set of SETS) copyFileSync(join(POLICIES, set), join(policies, set));
    const flags = ["--policy", policies, "--inventory", "watch", "--kubeconfig", kubeconfig, "--replica", "bench"];
    const audit = ["--audit", "reports", "--audit-interval", "86400", "--audit-writes", "100"];
    server = await startContender(serveArguments(files, [...flags, ...audit]), { core: bound.server });
    const first = await roundAfter(0, server);
    await pause(FIRST_WRITES);
    const count = quick ? ROUNDS.quick : ROUNDS.full;
    const aRound = NOTICE + 1500 * first.duration + WRITES;
    const quiet = Math.min(LONGEST_QUIET, Math.max(LEAST_BETWEEN - aRound, 1000 * first.duration));
    const sent = load(
      {
        port: server.port,
        ca: files.ca,
        targets: REVIEW_KINDS.filter(({ path }) => path === "/validate"),
        connections: CONNECTIONS,
        rate: RATE,
        // A machine that stands still for half a second has the server shed what came meanwhile.
        isShedAllowed: true,
        milliseconds: WARM_UP + count * (quiet + Math.max(LEAST_BETWEEN, aRound)),
      },
      bound.load,
    );
    const [reviews, rounds] = await Promise.all([sent, changePolicies(server, policies, count, quiet, first)]);
    return tablesOf(size, secondsOf(reviews, rounds), rounds);
  } finally {
    if (server !== undefined) await end(server);
    standIn?.kill();
    rmSync(files.folder, { recursive: true });
  }
}

/** A round of the audit: its end in seconds since the epoch, and how many it took. */
interface Round {
  readonly endedAt: number;
  readonly duration: number;
}

/** Has rounds begin by changes of the policies, with a quiet time before each. */
async function changePolicies(
  server: Contender,
  folder: string,
  count: number,
  quiet: number,
  first: Round,
): Promise<readonly Round[]> {
  await pause(WARM_UP);
  const rounds: Round[] = [];
  for (let i = 0; i < count; i++) {
    await pause(quiet);
    appendFileSync(join(folder, "baseline.yaml"), "# changed\n");
    rounds.push(await roundAfter((rounds.at(-1) ?? first).endedAt, server));
  }
  return rounds;
}

/** Waits for the next round to end. */
async function roundAfter(endedAt: number, { healthPort = 0 }: Contender): Promise<Round> {
  for (;;) {
    await pause(1000);
    const metrics = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
    const valueOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)?.[1] ?? 0);
    const found = valueOf("fairlead_audit_last_timestamp_seconds");
    if (found > endedAt) return { endedAt: found, duration: valueOf("fairlead_audit_duration_seconds") };
  }
}

/** The times of reviews in milliseconds, of one second each. */
interface Seconds {
  readonly between: readonly (readonly number[])[];
  readonly during: readonly (readonly number[])[];
}

/** Second by second: what disturbs the machine now and then would be all of the p99 of a longer time. */
function secondsOf({ times, ends }: Load, rounds: readonly Round[]): Seconds {
  const begun = Math.min(...ends) + WARM_UP;
  const seconds = { between: new Map<number, number[]>(), during: new Map<number, number[]>() };
  for (const [index, time] of times.entries()) {
    const at = ends[index] ?? 0;
    if (at < begun) continue;
    const isDuring = rounds.some(
      ({ endedAt, duration }) => at >= (endedAt - duration) * 1000 && at <= endedAt * 1000 + WRITES,
    );
    const own = isDuring ? seconds.during : seconds.between;
    const second = Math.floor(at / 1000);
    own.set(second, [...(own.get(second) ?? []), time / 1000]);
  }
  // A second of which a part belongs to the other kind has too few for a p99.
  const whole = (all: ReadonlyMap<number, number[]>) => [...all.values()].filter(({ length }) => length > RATE / 2);
  return { between: whole(seconds.between), during: whole(seconds.during) };
}

function tablesOf({ services }: Size, { between, during }: Seconds, rounds: readonly Round[]): readonly Table[] {
  const typical = (seconds: Seconds["during"], share: number): number =>
    median(seconds.map((times) => quantile(times, share)));
  const ratio = (share: number): string => (typical(during, share) / typical(between, share)).toFixed(2);
  const rowOf = (when: string, seconds: Seconds["during"], round: string): Row => ({
    when,
    seconds: seconds.length,
    "p50, ms": typical(seconds, 0.5).toFixed(2),
    "p90, ms": typical(seconds, 0.9).toFixed(2),
    "p99, ms": typical(seconds, 0.99).toFixed(2),
    "a round, s": round,
  });
  return [
    {
      title: `Inventory: reviews while the audit judges ${services} Services, beside those between its rounds`,
      kind: "ratios",
      rows: [{ p50: ratio(0.5), p90: ratio(0.9), p99: ratio(0.99) }],
    },
    {
      title: `Inventory: ${RATE} reviews a second, and the audit`,
      kind: "figures",
      rows: [
        rowOf("between rounds", between, ""),
        rowOf("during a round", during, median(rounds.map(({ duration }) => duration)).toFixed(1)),
      ],
    },
  ];
}
