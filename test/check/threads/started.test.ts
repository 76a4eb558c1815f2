import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { fairlead } from "../run-cli.ts";

/** More than what are checked before threads are considered and what they are started for. */
const FILES = 8400;
/** On a machine with many cores, says how many threads the program starts. */
const COUNTING = `
  import os from "node:os";
  import { syncBuiltinESMExports } from "node:module";
  import { isMainThread } from "node:worker_threads";
  let threads = 0;
  os.availableParallelism = () => 4;
  syncBuiltinESMExports();
  process.on("worker", () => threads++);
  if (isMainThread) process.on("exit", () => process.stderr.write("threads: " + threads));
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-started-"));
  const spec = { selector: { app: "web" }, ports: [{ port: 80 }] };
  for (let number = 0; number < FILES; number++) {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: `w${number}` }, spec };
    writeFileSync(join(folder, `${number}.json`), JSON.stringify(service));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each([
  { name: "a large run", args: ["--policy", "baseline"], want: 2 },
  {
    name: "one whose rules look at other objects, of which each would have an inventory",
    args: ["--policy", "consistency"],
    want: 0,
  },
  { name: "one for which they are asked for", args: ["--policy", "consistency", "--workers", "1"], want: 1 },
  { name: "one for which none is asked for", args: ["--policy", "baseline", "--workers", "0"], want: 0 },
])("threads are started for $name: $want", async ({ args, want }) => {
  const preload = `--import=data:text/javascript,${encodeURIComponent(COUNTING)}`;
  const { stderr } = await fairlead(["check", "--no-config", ...args, "."], {
    cwd: folder,
    command: ["env", `NODE_OPTIONS=${preload}`],
  });
  expect(stderr).toContain(`threads: ${want}`);
});
