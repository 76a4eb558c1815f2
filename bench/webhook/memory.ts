import { AIMS, aimText } from "../aims.ts";
import type { Cores } from "../cores.ts";
import { type Row, type Table, withNotes } from "../table.ts";
import { end, memoryOf } from "./contender.ts";
import { load } from "./load-plan.ts";
import { REVIEW_KINDS, WAYS } from "./rounds.ts";
import type { NotRun } from "./prepared.ts";
import { BARE, type Server } from "./servers.ts";
import { WITH_CLUSTER } from "./with-cluster.ts";

/** What a server uses, in MiB, and how long its start took, in milliseconds. */
export interface Footprint {
  readonly server: string;
  readonly hasAims: boolean;
  readonly idle: number;
  readonly loaded: number;
}

/** How long each server is under load, in milliseconds. */
export const MEMORY_TIMES = { full: 60_000, quick: 1000 } as const;

/** Starts the server anew and puts it under load with all kinds of reviews in turn. */
export async function footprintOf(
  server: Server,
  milliseconds: number,
  { ca, cores }: { readonly ca: string; readonly cores: Cores },
): Promise<Footprint> {
  const contender = await server.start();
  try {
    const idle = memoryOf(contender.process);
    const targets = REVIEW_KINDS.map(({ path, file }) => ({ path: `${path}${server.suffix ?? ""}`, file }));
    await load({ ...WAYS.underLoad, port: contender.port, ca, targets, milliseconds }, cores.load);
    return { server: server.name, hasAims: server.hasAims, idle, loaded: memoryOf(contender.process) };
  } finally {
    await end(contender);
  }
}

export function memoryTables(
  footprints: readonly Footprint[],
  missing: readonly NotRun[],
  milliseconds: number,
): readonly Table[] {
  const floor = footprints.find(({ server }) => server === BARE)?.loaded ?? Number.NaN;
  const seconds = `after ${milliseconds / 1000} s under load`;
  const notes = missing.map(({ name, why }): Row => ({ server: name, note: `not run: ${why}` }));
  const ratios = footprints.map(({ server, hasAims, loaded }): Row => {
    const aim = server === WITH_CLUSTER ? AIMS.memoryWithCluster : AIMS.memory;
    const text = hasAims ? aimText(aim, loaded / floor) : "";
    return { server, "resident memory, of bare": (loaded / floor).toFixed(2), aim: text };
  });
  const figures = footprints.map(({ server, idle, loaded }): Row => ({
    server,
    "MiB at the start": Math.round(idle),
    [`MiB ${seconds}`]: Math.round(loaded),
  }));
  return [
    {
      title: `Webhook: memory ${seconds}, beside the bare server`,
      kind: "ratios",
      rows: withNotes([...ratios, ...notes]),
    },
    { title: "Webhook: memory", kind: "figures", rows: withNotes([...figures, ...notes]) },
  ];
}
