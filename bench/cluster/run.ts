/**
 * `npm run bench:cluster [-- --way NAME] [--rounds N] [--services N] [--write]`: what Fairlead adds to a create, measured
 * through the API server of KUBECONFIG, beside no webhook and beside the same rule as a ValidatingAdmissionPolicy, in
 * alternating rounds of one run. `--write` writes the figures into docs/operations.md.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "#test/e2e/cluster.ts";
import { endInOrder, unlessInterrupted } from "#test/e2e/interrupt.ts";
import { tableOf } from "../table.ts";
import { ApiConnection } from "./client.ts";
import { admissionPolicy, type Contender, fairlead, nothing } from "./contenders.ts";
import { rowsOf, withFigures } from "./figures.ts";
import { admits, round, type Round } from "./load.ts";
import { WAYS } from "./ways.ts";

const PAGE = join(import.meta.dirname, "../../docs/operations.md");
const CLIENTS = [1, 4] as const;

const { values: options } = parseArgs({
  options: {
    way: { type: "string", default: "url" },
    rounds: { type: "string", default: "12" },
    services: { type: "string", default: "200" },
    write: { type: "boolean", default: false },
  },
});
const way = WAYS[options.way];
if (way === undefined) {
  console.error(`no way ${options.way}; there are ${Object.keys(WAYS).join(", ")}`);
  process.exit(2);
}
const [rounds, services] = [Number(options.rounds), Number(options.services)];

endInOrder();
const cluster = await connect();
const [load = 0] = loadavg();
const contenders: Contender[] = [];
const connections: ApiConnection[] = [];
try {
  for (let each = 0; each < Math.max(...CLIENTS); each++) connections.push(await ApiConnection.open());
  contenders.push(await nothing(cluster));
  contenders.push(await fairlead(cluster, "Fairlead, as the chart registers it", way, {}));
  contenders.push(await fairlead(cluster, "Fairlead, all calls", way, { webhook: { calls: "all" } }));
  contenders.push(await fairlead(cluster, "Fairlead, no mutating webhook", way, { webhook: { mutate: "never" } }));
  contenders.push(await admissionPolicy(cluster));
  const calls = await check();
  const rows = rowsOf(await measure(), CLIENTS, calls);
  const conditions = conditionsOf();
  console.log(`${conditions}\n\n${tableOf(rows)}`);
  if (options.write) await writeFile(PAGE, withFigures(await readFile(PAGE, "utf8"), conditions, rows));
} finally {
  for (const connection of connections) connection.close();
  for (const { name, close } of contenders.toReversed())
    await close().catch((error: unknown) => {
      console.error(`${name} could not be taken away: ${String(error)}`);
    });
}

/**
 * What is measured must be in force. Counts the calls of a create.
 * @throws if it is not.
 */
async function check(): Promise<ReadonlyMap<string, number>> {
  const [connection] = connections;
  const calls = new Map<string, number>();
  for (const { name, namespace, enforces, reviews } of contenders) {
    if (connection === undefined || namespace === undefined) continue;
    if ((await admits(connection, namespace, false)) === enforces)
      throw new Error(`${name}: a Service that breaks the rule is ${enforces ? "admitted" : "refused"}`);
    const before = (await reviews?.()) ?? 0;
    if (!(await admits(connection, namespace, true)))
      throw new Error(`${name}: a Service that follows the rule is refused`);
    calls.set(name, ((await reviews?.()) ?? 0) - before);
  }
  return calls;
}

async function measure() {
  const results = contenders.map((contender) => ({ ...contender, rounds: new Map<number, Round[]>() }));
  // The first round warms everything up and does not count.
  for (let turn = 0; turn <= rounds; turn++) {
    unlessInterrupted();
    for (const count of CLIENTS) {
      const order = results.map((_, index) => results[(index + turn) % results.length]);
      for (const contender of order) {
        if (contender?.namespace === undefined) continue;
        const measured = await round(connections.slice(0, count), contender.namespace, services);
        if (turn > 0) contender.rounds.set(count, [...(contender.rounds.get(count) ?? []), measured]);
      }
    }
  }
  return results;
}

function conditionsOf(): string {
  const date = new Date().toISOString().slice(0, 10);
  const [cpu] = cpus();
  return (
    `${date}: Kubernetes ${cluster.version}, Fairlead by ${options.way === "url" ? "URL" : options.way}, one replica, ` +
    `Node ${process.versions.node}; ${cpus().length} cores (${cpu?.model.trim() ?? "unknown"}) for API server, etcd, Fairlead and ` +
    `clients together, with a load of ${load.toFixed(1)} before the run; ${rounds * services} creates a row.`
  );
}
