import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type CertificateFiles, writeCertificateFiles } from "#bench/certificate-files.ts";
import { cores, onCore } from "#bench/cores.ts";
import { cpuTimeOf, end, memoryOf } from "#bench/webhook/contender.ts";
import { load } from "#bench/webhook/load-plan.ts";
import { REVIEW_KINDS, takeTurns, WAYS } from "#bench/webhook/rounds.ts";
import { tablesOf } from "#bench/webhook/rows.ts";
import { BARE, serversOf } from "#bench/webhook/servers.ts";
import { cleanUpAfterTest, killAfterTest } from "#test/cleanup.ts";

const UNBOUND = { server: undefined, load: undefined };
const SHORT = { rounds: 2, warmUp: 5, round: 10, fixedRate: 20 };

describe("the benchmark of the webhook", () => {
  let files: CertificateFiles;
  beforeAll(async () => {
    files = await writeCertificateFiles();
  });
  afterAll(() => {
    rmSync(files.folder, { recursive: true });
  });

  it("measures servers in alternating rounds, whatever the way of sending", async () => {
    const running = [];
    for (const server of serversOf(files, UNBOUND).slice(0, 3)) {
      const contender = await server.start();
      killAfterTest(contender.process);
      running.push({ server, contender });
    }
    const [kind] = REVIEW_KINDS;
    if (kind === undefined) throw new Error("there are no reviews");
    for (const way of ["underLoad", "oneByOne", "atFixedRate"] as const) {
      const rounds = await takeTurns(running, kind, WAYS[way], SHORT, { ca: files.ca, cores: UNBOUND });
      const outcomes = running.map(({ server }, index) => ({
        review: kind.review,
        server: server.name,
        hasAims: server.hasAims,
        rounds: rounds[index] ?? [],
        floor: rounds[0] ?? [],
      }));
      expect(rounds.flat().every(({ perSecond, times }) => perSecond > 0 && times.length > 0)).toBe(true);
      const tables = tablesOf(way, outcomes, [{ name: "Pepr", why: "no cluster" }]);
      expect(tables.map(({ kind, rows }) => [kind, rows.map(({ server, note }) => [server, note])])).toEqual(
        ["ratios", "figures"].map((kind) => [
          kind,
          [
            [BARE, ""],
            ["Express 5", ""],
            ["Fairlead, no policy", ""],
            ["Pepr", "not run: no cluster"],
          ],
        ]),
      );
      expect(Object.values(tables[0]?.rows[0] ?? {})).toContain("1.00");
      expect(String(tables[0]?.rows[2]?.["aim"])).toMatch(/: (not )?met$/);
    }
    for (const { contender } of running) {
      expect(contender.ready).toBeGreaterThan(0);
      expect(memoryOf(contender.process)).toBeGreaterThan(0);
      expect(cpuTimeOf(contender.process)).toBeGreaterThan(0);
      await end(contender);
    }
  });

  it("charges a server for what came while it stalled", async () => {
    const STALL = 300;
    let isFirst = true;
    const options = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
    const server = createServer(options, (request, response) => {
      request.resume().once("end", () => {
        setTimeout(() => response.end("{}"), isFirst ? STALL : 0);
        isFirst = false;
      });
    });
    cleanUpAfterTest(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const targets = REVIEW_KINDS.slice(0, 1);
    const plan = { port, ca: files.ca, targets, connections: 1, milliseconds: 500, rate: 100 };
    const { times } = await load(plan, undefined);
    expect(times).toHaveLength(50);
    // One connection, a review each 10 ms: those of the first 200 ms waited for 100 ms or more.
    expect(times.filter((time) => time >= 100_000).length).toBeGreaterThanOrEqual(20);
  });

  it("binds programs to cores where it can", () => {
    expect(onCore(undefined, ["node", "a"])).toEqual(["node", "a"]);
    expect(onCore(1, ["node", "a"])).toEqual(["taskset", "--cpu-list", "1", "node", "a"]);
    const { server, load, why } = cores();
    expect(why === undefined).toBe(server !== undefined && server !== load);
  });
});
