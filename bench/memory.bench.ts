/** The peak memory of a replica under the worst load, and whether it survives, with heap limits of two container sizes. */
import { rmSync } from "node:fs";
import { Memory, runClients, startServer } from "./overload/server.ts";
import { writeCertificateFiles } from "./certificate-files.ts";
import type { Options, Row } from "./table.ts";

export const name = "memory";

const MILLISECONDS = { full: 8000, quick: 500 } as const;
/** The memory of the container, in MiB. */
const CONTAINERS = [256, 512] as const;
const WORST = [
  "eight large bodies at a time",
  "eight large bodies of empty ports",
  "eight large bodies of one text",
  "eight large bodies of labels",
  "300 that never read",
] as const;

/** One row for each container size and kind of load. */
export async function run({ quick }: Options): Promise<readonly Row[]> {
  const milliseconds = quick ? MILLISECONDS.quick : MILLISECONDS.full;
  const files = await writeCertificateFiles();
  const rows: Row[] = [];
  try {
    for (const container of CONTAINERS) {
      for (const worst of WORST) {
        const server = await startServer(files, container);
        const memory = new Memory(server);
        const they = await runClients(worst, server, files.ca, milliseconds);
        const after = await runClients("others", server, files.ca, 1000);
        rows.push({
          container: `${container}Mi`,
          "what others do": worst,
          answered: they.answered,
          shed: they.shed,
          cut: they.cut,
          "peak MiB": memory.stop(),
          "answered after": after.answered,
          "cut after": after.cut,
        });
        server.process.kill();
      }
    }
    return rows;
  } finally {
    rmSync(files.folder, { recursive: true });
  }
}
