import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { fixedFacts } from "#src/sources/cluster-facts.ts";
import { fixedCredentials } from "#src/sources/credentials.ts";
import { makeSelfSigned } from "#src/webhook/certificates/self-signed.ts";
import { createMetrics } from "#src/webhook/metrics/metrics.ts";
import { cleanUpAfterTest } from "../cleanup.ts";
import { ROOT } from "../paths.ts";
import { readReviewFile } from "../reviews/reviews.ts";
import { startTestServer, type TestServer, type TestServerOptions, until } from "../webhook/harness.ts";
import { startServe } from "../webhook/serve-command.ts";
import { INTERVAL, prometheusRule, promtoolProblems, Scrapes } from "./support/alerts.ts";
import { itemsAt, textAt } from "./support/chart.ts";

const DAY = 86_400_000;
/** How many days a certificate of `makeSelfSigned` is valid. */
const LIFETIME = 397;
const REVIEW = readReviewFile("create-main-kubectl-create-np-mutating.json").review;
const QUIET = 2;

/** Something that goes wrong, once or between all scrapes, and the alert that tells. */
interface Scenario {
  readonly alert: string;
  readonly fault: string;
  readonly once?: (server: TestServer) => unknown;
  readonly always?: (server: TestServer) => unknown;
  /** Scrapes before the fault; {@link QUIET} by default. */
  readonly quiet?: number;
  readonly scrapes: number;
  readonly options?: () => Promise<TestServerOptions>;
}

let isBroken = false;

const SCENARIOS: readonly Scenario[] = [
  {
    alert: "FairleadFailing",
    fault: "reviews are answered with 500",
    options: () =>
      Promise.resolve({
        policies: () => {
          if (isBroken) throw new Error("a bug");
          return NO_POLICIES;
        },
      }),
    always: async (server) => {
      isBroken = true;
      const { status } = await server.post("/mutate", REVIEW).finally(() => (isBroken = false));
      expect(status).toBe(500);
    },
    scrapes: 9,
  },
  { alert: "FairleadSlow", fault: "reviews take 0.6 s", always: (server) => slowPost(server, 600), scrapes: 9 },
  {
    alert: "FairleadCertificateExpires",
    fault: "the certificate has five days left",
    options: async () => {
      const pair = await makeSelfSigned(new Date(Date.now() - (LIFETIME - 5) * DAY));
      return { credentials: fixedCredentials(pair), ca: pair.ca };
    },
    quiet: 0,
    scrapes: 9,
  },
  {
    alert: "FairleadReloadFailed",
    fault: "a certificate cannot be read at the start, before the first scrape",
    once: ({ metrics }) => {
      metrics.countReload("certificate", "error");
    },
    quiet: 0,
    scrapes: 2,
  },
  {
    alert: "FairleadUnexpectedError",
    fault: "a promise is rejected, once",
    once: ({ metrics }) => {
      metrics.countUnexpected("rejection");
    },
    scrapes: 2,
  },
  {
    alert: "FairleadLogLinesDropped",
    fault: "a line of the log is dropped, once",
    once: ({ metrics }) => {
      metrics.countDroppedLine();
    },
    scrapes: 2,
  },
  { alert: "FairleadEventLoopLags", fault: "the event loop is blocked", always: () => block(700), scrapes: 7 },
];

describe("an alert fires, and no other one", () => {
  it.each(SCENARIOS)("$alert: $fault", async ({ alert, once, always, quiet = QUIET, scrapes, options }) => {
    const server = await startTestServer((await options?.()) ?? {});
    const read = new Scrapes();
    const scrape = async (): Promise<void> => {
      read.add((await server.get("/metrics")).text);
    };
    for (let count = 0; count < quiet; count++) {
      await server.post("/mutate", REVIEW);
      await scrape();
    }
    const before = quiet === 0 ? [] : [{ minutes: read.minutes, alerts: [] }];
    await once?.(server);
    for (let count = 0; count < scrapes; count++) {
      await always?.(server);
      await scrape();
    }
    const problems = await promtoolProblems(
      read.series(),
      [...before, { minutes: read.minutes, alerts: [alert] }],
      // A third of a second is slow then.
      { webhook: { timeoutSeconds: 1 } },
    );
    expect(problems).toBe("");
  });

  it("FairleadReloadFailed: the first reload of a certificate and of a policy that fails", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fairlead-alerts-"));
    cleanUpAfterTest(() => {
      rmSync(folder, { recursive: true });
    });
    const { certificate, key } = await makeSelfSigned(new Date());
    const replace = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
      return path;
    };
    const policy = readFileSync(join(ROOT, "policies", "baseline.yaml"), "utf8");
    const args = ["--tls-cert", replace("tls.crt", certificate), "--tls-key", replace("tls.key", key)];
    const server = startServe([
      ...args,
      ...["--policy", replace("policy.yaml", policy), "--host", "127.0.0.1", "--port", "0", "--health-port", "0"],
    ]);
    const { healthPort } = await server.ready();
    const read = new Scrapes();
    const scrape = async (): Promise<void> => {
      read.add(await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text());
    };
    await scrape();
    await scrape();
    replace("tls.crt", "no certificate");
    replace("policy.yaml", policy.replace("rules:", "rulez:"));
    await until(() => server.lines().filter(({ level }) => level === "error").length >= 2, "both errors");
    await scrape();
    await scrape();
    const expectations = [
      { minutes: INTERVAL, alerts: [] },
      { minutes: read.minutes, alerts: ["FairleadReloadFailed"] },
    ];
    expect(await promtoolProblems(read.series(), expectations)).toBe("");
  });

  it("FairleadRestarted: the process ends, and another one takes its place in the same Pod", async () => {
    const read = new Scrapes();
    for (let run = 0; run < 2; run++) {
      const server = startServe(["--host", "127.0.0.1", "--port", "0", "--health-port", "0"]);
      const { healthPort } = await server.ready();
      for (let count = 0; count < 2; count++) {
        read.add(await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text());
      }
      server.stop("SIGKILL");
      await server.ended;
      // The time of the start is told in whole seconds.
      await pause(1100);
    }
    const expectations = [
      { minutes: INTERVAL, alerts: [] },
      { minutes: read.minutes, alerts: ["FairleadRestarted"] },
    ];
    expect(await promtoolProblems(read.series(), expectations)).toBe("");
  });

  it("FairleadPolicyRefused: a policy of the cluster is not in force", async () => {
    const metrics = createMetrics("0.0.0-test");
    let refused = 0;
    metrics.observeState(fixedFacts({ profile: PROFILES.dual, version: { minor: 36 } }), {
      current: () => NO_POLICIES,
      refused: () => refused,
      close: () => Promise.resolve(),
    });
    const read = new Scrapes();
    for (; refused < 2; refused++) for (let count = 0; count < 9; count++) read.add(await metrics.text());
    const expectations = [
      { minutes: 8 * INTERVAL, alerts: [] },
      { minutes: read.minutes, alerts: ["FairleadPolicyRefused"] },
    ];
    expect(await promtoolProblems(read.series(), expectations)).toBe("");
  });

  it("FairleadInventoryNotKnown: a replica does not know what rules need", async () => {
    const metrics = createMetrics("0.0.0-test");
    let isKnown = true;
    metrics.observeInventory({
      current: () => undefined,
      state: () => ({ objects: new Map(), synced: new Map([["services", isKnown]] as const) }),
      close: () => Promise.resolve(),
    });
    const read = new Scrapes();
    for (const known of [true, false]) {
      isKnown = known;
      for (let count = 0; count < 9; count++) read.add(await metrics.text());
    }
    const expectations = [
      { minutes: 8 * INTERVAL, alerts: [] },
      { minutes: read.minutes, alerts: ["FairleadInventoryNotKnown"] },
    ];
    expect(await promtoolProblems(read.series(), expectations)).toBe("");
  });

  it("FairleadAbsent: the server is gone", async () => {
    const server = await startTestServer();
    const read = new Scrapes();
    for (let count = 0; count < 3; count++) read.add((await server.get("/metrics")).text);
    await server.stop();
    for (let count = 0; count < 4; count++) read.add(undefined);
    const expectations = [
      { minutes: 2 * INTERVAL, alerts: [] },
      { minutes: read.minutes, alerts: ["FairleadAbsent"] },
    ];
    expect(await promtoolProblems(read.series(), expectations)).toBe("");
  });

  it.each([
    { name: "the first, which no sample of 0 precedes", values: "_ _ _ 1 1" },
    { name: "one more", values: "3 3 3 4 4", before: true },
  ])("FairleadPassedOver: the API server let a request pass: $name", async ({ values, before = false }) => {
    const labels = 'instance="control-plane",type="validating"';
    const series = [
      ...(await healthySeries(5)),
      { series: `apiserver_admission_webhook_fail_open_count{name="deny.fairlead.dev",${labels}}`, values },
      {
        series: `apiserver_admission_webhook_fail_open_count{name="another.example.com",${labels}}`,
        values: "1 2 3 4 5",
      },
    ];
    // A Prometheus that has just begun cannot tell an old count from a new one.
    const expectations = [
      ...(before ? [] : [{ minutes: 2 * INTERVAL, alerts: [] }]),
      { minutes: 4 * INTERVAL, alerts: ["FairleadPassedOver"] },
    ];
    expect(await promtoolProblems(series, expectations)).toBe("");
  });
});

it("no alert fires for a server that works, whatever it has found in Services", async () => {
  const expectations = [5, 10, 20].map((minutes) => ({ minutes, alerts: [] }));
  expect(await promtoolProblems(await healthySeries(11), expectations)).toBe("");
});

it("a wrong expectation is noticed", async () => {
  const wrong = [{ minutes: 10, alerts: ["FairleadSlow"] }];
  expect(await promtoolProblems(await healthySeries(6), wrong)).toMatch(/FairleadSlow/);
});

it("each alert has a scenario here, and a runbook at the address that it names", async () => {
  const rules = itemsAt(await prometheusRule(), "spec", "groups", 0, "rules");
  const tests = readFileSync(import.meta.filename, "utf8");
  const anchors = [...readFileSync(join(ROOT, "docs", "operations.md"), "utf8").matchAll(/^#+ (.*)$/gm)].map(
    ([, title = ""]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
  );
  for (const rule of rules) {
    const alert = textAt(rule, "alert");
    const [page, anchor] = textAt(rule, "annotations", "runbook_url").split("#");
    expect([alert, tests.includes(alert), page, anchors.includes(anchor ?? "")]).toEqual([
      alert,
      true,
      "https://github.com/fairlead/fairlead/blob/main/docs/operations.md",
      true,
    ]);
  }
});

/** The series of a server that answers reviews. */
async function healthySeries(scrapes: number): Promise<readonly JsonObject[]> {
  const server = await startTestServer();
  const read = new Scrapes();
  for (let count = 0; count < scrapes; count++) {
    await server.post("/mutate", REVIEW);
    read.add((await server.get("/metrics")).text);
  }
  return read.series();
}

/** Blocks the event loop, and then lets the monitor of its lag see it. */
async function block(milliseconds: number): Promise<void> {
  await pause(20);
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  await pause(20);
}

/** A review whose body arrives this much later than its head. */
function slowPost({ server, ca }: TestServer, milliseconds: number): Promise<number | undefined> {
  const body = JSON.stringify(REVIEW);
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const address = { host: "127.0.0.1", port: server.port, ca, servername: "localhost", agent: false };
    const request = httpsRequest({ ...address, method: "POST", path: "/mutate", headers }, (response) => {
      response.resume().on("end", () => {
        resolve(response.statusCode);
      });
    });
    request.on("error", reject);
    request.flushHeaders();
    void pause(milliseconds).then(() => request.end(body));
  });
}
