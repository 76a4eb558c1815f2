/** The webhook under load, compared with a bare server and with Express, in alternating rounds of one run. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type CertificateFiles, writeCertificateFiles } from "./certificate-files.ts";
import type { Row } from "./table.ts";
import { type Contender, cpuTimeOf, load, memoryOf, type Round, startContender } from "./webhook/contender.ts";

export const name = "webhook";

const ROUNDS = 5;
const CONNECTIONS = 8;
const MILLISECONDS = 2000;
/** Tens of thousands of reviews: before that, compilation dominates the measurement. */
const WARM_UP = 6000;
const REVIEWS = join(import.meta.dirname, "../test/reviews");
const CREATE = join(REVIEWS, "create-main-kubectl-client-side-apply-shop-mutating.json");
const FINAL = join(REVIEWS, "create-main-kubectl-client-side-apply-shop-validating.json");
const UPDATE = join(REVIEWS, "update-main-kubectl-patch-shop-validating.json");

const SERVERS = ["fairlead", "bare node:https", "Express 5"] as const;
type ServerName = (typeof SERVERS)[number];

/** The loads, the same for every server. On one connection every review is a batch of its own. */
const TASKS = [
  { task: "/mutate create", path: "/mutate", file: CREATE, connections: CONNECTIONS },
  { task: "/validate create", path: "/validate", file: FINAL, connections: CONNECTIONS },
  { task: "/validate update", path: "/validate", file: UPDATE, connections: CONNECTIONS },
  { task: "/mutate create, one by one", path: "/mutate", file: CREATE, connections: 1 },
] as const;

/** The result of one round; `cpu`: processor time per review in microseconds, which depends less on other load. */
type Measured = Round & { readonly cpu: number };

/** Reviews per second, times and memory of each server, and the ratio to the bare server. */
export async function run(): Promise<readonly Row[]> {
  const files = await writeCertificateFiles();
  const contenders: Partial<Record<ServerName, Contender>> = {};
  try {
    for (const server of SERVERS) contenders[server] = await startContender(argumentsOf(server, files));
    const rows: Row[] = [];
    for (const { task, path, file, connections } of TASKS) {
      const rounds = await takeTurns(contenders, (port) => [file, files.ca, String(port), path, String(connections)]);
      const floor = rounds["bare node:https"];
      for (const server of SERVERS) rows.push(rowOf(task, server, rounds[server], floor, contenders[server]));
    }
    return rows;
  } finally {
    for (const contender of Object.values(contenders)) contender.process.kill();
    rmSync(files.folder, { recursive: true });
  }
}

async function takeTurns(
  contenders: Partial<Record<ServerName, Contender>>,
  target: (port: number) => readonly string[],
): Promise<Record<ServerName, Measured[]>> {
  const rounds: Record<ServerName, Measured[]> = { fairlead: [], "bare node:https": [], "Express 5": [] };
  // The first round is a warm-up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const server of SERVERS) {
      const contender = contenders[server];
      if (contender === undefined) throw new Error(`${server} was not started`);
      const duration = round === 0 ? WARM_UP : MILLISECONDS;
      const args = [...target(contender.port), String(duration)];
      const before = cpuTimeOf(contender.process);
      const result = await load([join(import.meta.dirname, "webhook/load.ts"), ...args]);
      const cpu = (cpuTimeOf(contender.process) - before) / result.requests;
      if (round > 0) rounds[server].push({ ...result, cpu });
    }
  }
  return rounds;
}

function rowOf(
  task: string,
  server: ServerName,
  rounds: readonly Measured[],
  floor: readonly Measured[],
  contender?: Contender,
): Row {
  const requests = median(rounds.map((round) => round.requests));
  const cpu = median(rounds.map((round) => round.cpu));
  return {
    task,
    server,
    "req/s": Math.round((requests * 1000) / MILLISECONDS),
    "of bare": (requests / median(floor.map((round) => round.requests))).toFixed(2),
    "p50 ms": median(rounds.map(({ p50 }) => p50)),
    "p99 ms": median(rounds.map(({ p99 }) => p99)),
    "CPU us": Math.round(cpu),
    "CPU, of bare": (median(floor.map((round) => round.cpu)) / cpu).toFixed(2),
    "RSS MiB": contender === undefined ? 0 : memoryOf(contender.process),
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function argumentsOf(server: ServerName, { certificate, key }: CertificateFiles): readonly string[] {
  const folder = import.meta.dirname;
  switch (server) {
    case "bare node:https":
      return [join(folder, "webhook/bare.ts"), certificate, key];
    case "Express 5":
      return [join(folder, "webhook/express.ts"), certificate, key];
    case "fairlead": {
      const ports = ["--port", "0", "--health-port", "0", "--host", "127.0.0.1"];
      return [join(folder, "../dist/cli.js"), "serve", ...ports, "--tls-cert", certificate, "--tls-key", key];
    }
  }
}
