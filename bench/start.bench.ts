/** How long starts take: of the servers until they are ready, and of short commands as whole processes. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Aim, AIMS, aimText } from "./aims.ts";
import { writeCertificateFiles } from "./certificate-files.ts";
import { measure } from "./check/measure.ts";
import { cores } from "./cores.ts";
import { ratiosOf, spreadOf, spreadText } from "./statistics.ts";
import { type Options, type Row, type Table, withNotes } from "./table.ts";
import { end } from "./webhook/contender.ts";
import { PEPR_NAME, preparePepr } from "./webhook/pepr/start.ts";
import { attempt, type NotRun } from "./webhook/prepared.ts";
import { type Server, serversOf } from "./webhook/servers.ts";
import { prepareWithCluster, WITH_CLUSTER } from "./webhook/with-cluster.ts";

export const name = "start";

const ROOT = join(import.meta.dirname, "..");
const CLI = join(ROOT, "dist/cli.js");

const CHECK = [CLI, "check", "--no-config", join(ROOT, "examples/clean.yaml")];

/** What is started and ends by itself; the first does nothing, and is what the others are compared with. */
const COMMANDS: readonly Command[] = [
  { what: "node --eval 0", args: ["--eval", "0"] },
  { what: "fairlead --version", args: [CLI, "--version"], aim: AIMS.commandStart },
  { what: "fairlead check of one file", args: CHECK, aim: AIMS.commandStart },
  {
    what: "fairlead check of one file, without compiled code",
    args: CHECK,
    environment: { NODE_DISABLE_COMPILE_CACHE: "1" },
  },
];

interface Command {
  readonly what: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly aim?: Aim;
}

/** Ratios of the commands' times, and milliseconds until the servers are ready. */
export async function run({ quick }: Options): Promise<readonly Table[]> {
  return [...(await commandTables(quick ? 3 : 25)), await readyTable(quick ? 2 : 9)];
}

async function commandTables(rounds: number): Promise<readonly Table[]> {
  const measured = COMMANDS.map((command) => ({
    ...command,
    wall: new Array<number>(),
    cpu: new Array<number>(),
  }));
  // The first round reads the files from the disk, keeps compiled code, and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const { args, environment, wall, cpu } of measured) {
      const once = await measure(args, [0], environment);
      if (round === 0) continue;
      wall.push(once.wall);
      cpu.push(once.cpu);
    }
  }
  const [floor] = measured;
  const ratios = measured.slice(1).map(({ what, aim, wall, cpu }): Row => {
    const ratio = spreadOf(ratiosOf(wall, floor?.wall ?? []));
    return {
      command: what,
      "time, of Node doing nothing": spreadText(ratio),
      aim: aim === undefined ? "" : aimText(aim, ratio.median),
      "CPU, of Node doing nothing": spreadText(spreadOf(ratiosOf(cpu, floor?.cpu ?? []))),
    };
  });
  const figures = measured.map(({ what, wall, cpu }): Row => ({
    command: what,
    ms: spreadText(spreadOf(wall), 0),
    "CPU ms": spreadText(spreadOf(cpu), 0),
  }));
  return [
    { title: "Start of a command, beside Node doing nothing", kind: "ratios", rows: ratios },
    { title: "Start of a command", kind: "figures", rows: figures },
  ];
}

async function readyTable(rounds: number): Promise<Table> {
  const files = await writeCertificateFiles();
  const bound = cores();
  const attempts = [
    await attempt(WITH_CLUSTER, () => prepareWithCluster(files, bound)),
    await attempt(PEPR_NAME, () => preparePepr(files, bound)),
  ];
  const prepared = attempts.filter((one) => "server" in one);
  const missing = attempts.filter((one) => "why" in one);
  try {
    const servers = [...serversOf(files, bound), ...prepared.map(({ server }) => server)];
    return {
      title: "Start of a server until it is ready",
      kind: "figures",
      rows: await ready(servers, missing, rounds),
    };
  } finally {
    for (const { close } of prepared) await close();
    rmSync(files.folder, { recursive: true });
  }
}

async function ready(servers: readonly Server[], missing: readonly NotRun[], rounds: number): Promise<readonly Row[]> {
  const times = servers.map((server) => ({ server, times: new Array<number>() }));
  for (let round = 0; round < rounds; round++) {
    for (const { server, times: ofServer } of times) {
      const contender = await server.start();
      ofServer.push(contender.ready);
      await end(contender);
    }
  }
  const rows = times.map(({ server, times: ofServer }): Row => {
    const spread = spreadOf(ofServer);
    return {
      server: server.name,
      "ms until ready": spreadText(spread, 0),
      aim: server.hasAims ? aimText(aimOf(server), spread.median) : "",
    };
  });
  return withNotes([...rows, ...missing.map(({ name, why }): Row => ({ server: name, note: `not run: ${why}` }))]);
}

function aimOf({ name }: Server): Aim {
  return name === WITH_CLUSTER ? AIMS.readyWithCluster : AIMS.readyAlone;
}
