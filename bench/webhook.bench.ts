/**
 * The webhook beside a bare server, Express and Pepr: all of them run at the same time, on one core, and are sent the same
 * reviews in alternating rounds from another core.
 */
import { rmSync } from "node:fs";
import { writeCertificateFiles } from "./certificate-files.ts";
import { cores, moveTo } from "./cores.ts";
import type { Options, Table } from "./table.ts";
import { end } from "./webhook/contender.ts";
import { type Footprint, footprintOf, MEMORY_TIMES, memoryTables } from "./webhook/memory.ts";
import { durationsOf, REVIEW_KINDS, type Running, takeTurns, WAYS } from "./webhook/rounds.ts";
import { type Outcome, tablesOf } from "./webhook/rows.ts";
import { bareWithFlags, type NotRun, serversOf } from "./webhook/servers.ts";

export const name = "webhook";

/** Ratios to the bare server and absolute figures: under load, one by one and at a fixed rate; and the memory. */
export async function run(options: Options): Promise<readonly Table[]> {
  const files = await writeCertificateFiles();
  const bound = cores();
  moveTo(bound.load);
  const where = { ca: files.ca, cores: bound };
  const running: Running[] = [];
  const tables: Table[] = [];
  const missing: NotRun[] = [];
  try {
    const servers = serversOf(files, bound);
    for (const server of servers) running.push({ server, contender: await server.start() });
    for (const way of ["underLoad", "oneByOne", "atFixedRate"] as const) {
      const outcomes: Outcome[] = [];
      for (const kind of REVIEW_KINDS) {
        const rounds = await takeTurns(running, kind, WAYS[way], durationsOf(options), where);
        outcomes.push(...running.map(({ server }, index) => outcomeOf(kind.review, server, rounds[index], rounds[0])));
      }
      tables.push(...tablesOf(way, outcomes, missing));
    }
    for (const { contender } of running.splice(0)) await end(contender);
    const milliseconds = options.quick ? MEMORY_TIMES.quick : MEMORY_TIMES.full;
    const footprints: Footprint[] = [];
    for (const server of [...servers, bareWithFlags(files, bound)])
      footprints.push(await footprintOf(server, milliseconds, where));
    return [...tables, ...memoryTables(footprints, new Set(), milliseconds)];
  } finally {
    for (const { contender } of running) await end(contender);
    rmSync(files.folder, { recursive: true });
  }
}

function outcomeOf(
  review: string,
  server: { readonly name: string; readonly hasAims: boolean },
  rounds: Outcome["rounds"] = [],
  floor: Outcome["floor"] = [],
): Outcome {
  return { review, server: server.name, hasAims: server.hasAims, rounds, floor };
}
