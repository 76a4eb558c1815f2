/** The service that well-behaved clients get (eight connections, 20 reviews a second each) while others misbehave. */
import { rmSync } from "node:fs";
import { Memory, runClients, startServer } from "./overload/server.ts";
import { writeCertificateFiles } from "./certificate-files.ts";
import type { Options, Row } from "./table.ts";
import type { Contender } from "./webhook/contender.ts";

export const name = "overload";

const MILLISECONDS = { full: 8000, quick: 500 } as const;
/** The chart's memory limit in MiB. */
const CONTAINER = 512;

/** The kinds of load, with pauses in which the same server recovers. */
const WORST = [
  "nothing",
  "a client that floods, 300 connections",
  "nothing, right after",
  "the same with reviews of 30 KB",
  "nothing, right after",
  "the same with reviews of 60 KB",
  "nothing, right after",
  "eight large bodies at a time",
  "nothing, right after",
  "500 half-open connections",
  "300 slow heads",
  "300 slow bodies",
  "300 that never read",
  "5,000 idle connections",
] as const;

/** One row for each kind of load: results of the well-behaved clients, of the others, and the peak memory. */
export async function run({ quick }: Options): Promise<readonly Row[]> {
  const milliseconds = quick ? MILLISECONDS.quick : MILLISECONDS.full;
  const files = await writeCertificateFiles();
  const rows: Row[] = [];
  let server: Contender | undefined;
  try {
    for (const worst of WORST) {
      // A row "right after" uses the same server.
      if (!worst.endsWith("after")) {
        server?.process.kill();
        server = undefined;
      }
      const running = (server ??= await startServer(files, CONTAINER));
      const memory = new Memory(running);
      const clients = (kind: string) => runClients(kind, running, files.ca, milliseconds);
      const [others, they] = await Promise.all([
        clients("others"),
        worst.startsWith("nothing") ? undefined : clients(worst),
      ]);
      rows.push({
        "what others do": worst,
        answered: others.answered,
        "shed or cut": others.shed + others.cut,
        "p50 ms": others.p50,
        "p99 ms": others.p99,
        "their answered": they?.answered ?? "",
        "their shed": they?.shed ?? "",
        "their cut": they?.cut ?? "",
        "peak MiB": memory.stop(),
      });
    }
    return rows;
  } finally {
    server?.process.kill();
    rmSync(files.folder, { recursive: true });
  }
}
