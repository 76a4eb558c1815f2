/**
 * The webhook beside a bare server, Express and Pepr: all of them run at the same time, on one core, and are sent the same
 * reviews in alternating rounds from another core.
 */
import { rmSync } from "node:fs";
import { writeCertificateFiles } from "./certificate-files.ts";
import { type Cores, cores, moveTo } from "./cores.ts";
import type { Options, Table } from "./table.ts";
import { end } from "./webhook/contender.ts";
import { type Footprint, footprintOf, MEMORY_TIMES, memoryTables } from "./webhook/memory.ts";
import { PEPR_NAME, preparePepr } from "./webhook/pepr/start.ts";
import { attempt, type NotRun } from "./webhook/prepared.ts";
import { durationsOf, REVIEW_KINDS, type Running, takeTurns, WAYS } from "./webhook/rounds.ts";
import { type Outcome, tablesOf } from "./webhook/rows.ts";
import { bareWithFlags, type Server, serversOf } from "./webhook/servers.ts";
import { prepareWithCluster, WITH_CLUSTER } from "./webhook/with-cluster.ts";

export const name = "webhook";

/** Ratios to the bare server and absolute figures: under load, one by one and at a fixed rate; and the memory. */
export async function run(options: Options): Promise<readonly Table[]> {
  const files = await writeCertificateFiles();
  const bound = cores();
  moveTo(bound.load);
  const where = { ca: files.ca, cores: bound };
  const attempts = [
    await attempt(PEPR_NAME, () => preparePepr(files, bound)),
    await attempt(WITH_CLUSTER, () => prepareWithCluster(files, bound)),
  ];
  const prepared = attempts.filter((one) => "server" in one);
  const missing = attempts.filter((one) => "why" in one);
  const others = prepared.map(({ server }) => server);
  try {
    const servers = [...serversOf(files, bound), ...others.filter(({ name }) => name === PEPR_NAME)];
    const tables = await rounds(
      servers,
      missing.filter(({ name }) => name === PEPR_NAME),
      options,
      where,
    );
    const milliseconds = options.quick ? MEMORY_TIMES.quick : MEMORY_TIMES.full;
    const footprints: Footprint[] = [];
    for (const server of [
      ...servers,
      ...others.filter((other) => !servers.includes(other)),
      bareWithFlags(files, bound),
    ])
      footprints.push(await footprintOf(server, milliseconds, where));
    return [...tables, ...memoryTables(footprints, missing, milliseconds)];
  } finally {
    for (const { close } of prepared) await close();
    rmSync(files.folder, { recursive: true });
  }
}

async function rounds(
  servers: readonly Server[],
  missing: readonly NotRun[],
  options: Options,
  where: { readonly ca: string; readonly cores: Cores },
): Promise<readonly Table[]> {
  const running: Running[] = [];
  const tables: Table[] = [];
  try {
    for (const server of servers) running.push({ server, contender: await server.start() });
    for (const way of ["underLoad", "oneByOne", "atFixedRate"] as const) {
      const outcomes: Outcome[] = [];
      for (const kind of REVIEW_KINDS) {
        const measured = await takeTurns(running, kind, WAYS[way], durationsOf(options), where);
        outcomes.push(
          ...running.map(({ server }, index) => outcomeOf(kind.review, server, measured[index], measured[0])),
        );
      }
      tables.push(...tablesOf(way, outcomes, missing));
    }
    return tables;
  } finally {
    for (const { contender } of running) await end(contender);
  }
}

function outcomeOf(
  review: string,
  server: Server,
  rounds: Outcome["rounds"] = [],
  floor: Outcome["floor"] = [],
): Outcome {
  return { review, server: server.name, hasAims: server.hasAims, rounds, floor };
}
