import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { answer } from "#src/admission/answer.ts";
import { answerPolicyReview } from "#src/admission/policy-review.ts";
import type { AdmissionSettings } from "#src/admission/settings.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { recordOptionsOf } from "#src/webhook/metrics/review-record.ts";
import { WorkerProcess } from "#src/webhook/worker/worker-process.ts";
import { checkedReply } from "#test/admission/response-schema.ts";
import { PATIENCE } from "#test/patience.ts";
import { policies } from "#test/policy/support.ts";
import { startTestServer, type TestServer, until, type TestServerOptions } from "../harness.ts";
import { largeReview, reviewOf, POLICIES } from "../large-reviews.ts";
import { ROOT } from "#test/paths.ts";

const PROGRAMS = join(ROOT, "test/webhook/programs");
const STUCK = { program: join(PROGRAMS, "stuck.mjs") };
const BROKEN = { program: join(PROGRAMS, "broken.mjs") };
const BREAKS_A_RULE = { externalIPs: ["203.0.113.7"] };
/** The settings of a test server with these policies. */
const SETTINGS: AdmissionSettings = {
  cluster: PROFILES.dual,
  version: { minor: 36 },
  policies: POLICIES,
  ipFamilyPolicy: "server",
  validity: "deny",
  exempt: { namespaces: [], services: [] },
  today: new Date().toISOString().slice(0, 10),
};
/** In KiB: large enough for the worker process. */
const LARGE = 200;

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function start(options: TestServerOptions): Promise<TestServer> {
  server = await startTestServer(options);
  return server;
}

async function responseTo(testServer: TestServer, path: string, review: unknown) {
  const { text } = await testServer.post(path, review);
  return checkedReply(JSON.parse(text));
}

function linesOf({ logged }: TestServer): unknown[] {
  return logged.map((line): unknown => JSON.parse(line));
}

const PATHS = {
  "/mutate": "mutate",
  "/validate": "validate",
  "/validate/deny": "deny",
  "/validate/warn": "warn",
} as const;

it("is the process that the kernel kills first where memory runs out", async () => {
  const worker = fork(join(ROOT, "src/webhook/worker/program.ts"), { execArgv: ["--no-warnings"] });
  const score = (): string => readFileSync(`/proc/${String(worker.pid)}/oom_score_adj`, "utf8").trim();
  try {
    await until(() => process.platform !== "linux" || score() === "1000", "its score");
  } finally {
    worker.kill("SIGKILL");
  }
});

describe("a large review", () => {
  it.each(Object.entries(PATHS))("is answered at %s as a small one would be", async (path, phase) => {
    const testServer = await start({ policies: POLICIES });
    const review = largeReview("large", LARGE, BREAKS_A_RULE);
    const expected = answer(review, phase, SETTINGS);
    const { text } = await testServer.post(path, review);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(expected.body)));
  });

  it("writes the same log line and the same metrics", async () => {
    const testServer = await start({ policies: POLICIES });
    await testServer.post("/validate", reviewOf("small", { spec: BREAKS_A_RULE }));
    await testServer.post("/validate", largeReview("large", LARGE, BREAKS_A_RULE));
    await until(() => testServer.logged.length === 2, "both lines");
    const [small, large] = linesOf(testServer);
    const anyTime = { milliseconds: expect.any(Number), time: expect.any(Number), pid: expect.any(Number) };
    expect(large).toEqual({ ...Object(small), ...anyTime, uid: "large" });
    const { text } = await testServer.get("/metrics");
    expect(text).toContain('fairlead_reviews_total{operation="CREATE",decision="denied",phase="validate"} 2');
    expect(text).toContain('fairlead_findings_total{rule="external-ips",policy="a",action="deny"} 2');
  });

  it("is judged by the current policies and the labels of its namespace", async () => {
    const onlyInProduction = policies({
      match: { namespaceSelector: { matchLabels: { stage: "production" } } },
      rules: [{ rule: "external-ips", action: "deny" }],
    });
    let current = POLICIES;
    let stage = "test";
    const testServer = await start({
      policies: () => current,
      facts: {
        current: () => ({ profile: PROFILES.dual, version: { minor: 36 } }),
        namespaceLabels: () => ({ stage }),
      },
    });
    const ask = async () =>
      (await responseTo(testServer, "/validate/deny", largeReview("1", LARGE, BREAKS_A_RULE))).allowed;
    const answers = [await ask()];
    current = onlyInProduction;
    answers.push(await ask());
    stage = "production";
    answers.push(await ask());
    expect(answers).toEqual([false, true, false]);
  });

  it("of a policy is judged in the worker process too", async () => {
    const testServer = await start({ policyReviewer: answerPolicyReview });
    const metadata = { name: "team", annotations: { long: "x".repeat(100_000) } };
    const object = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata, spec: { rules: [{}] } };
    const review = reviewOf("policy");
    const request = {
      ...review.request,
      kind: { group: "fairlead.dev", version: "v1alpha1", kind: "ServicePolicy" },
      resource: { group: "fairlead.dev", version: "v1alpha1", resource: "servicepolicies" },
      object,
    };
    const response = await responseTo(testServer, "/policies", { ...review, request });
    expect(response).toMatchObject({ uid: "policy", allowed: false, status: { code: 422 } });
  });

  it.each([
    { name: "no JSON", body: "[".repeat(100_000), says: /^Fairlead: the body cannot be read: line 1, column \d+: / },
    { name: "no UTF-8", body: Buffer.alloc(100_000, 0xff), says: /^Fairlead: the body is not UTF-8 text$/ },
    {
      name: "no review",
      body: JSON.stringify(["x".repeat(100_000)]),
      says: /must be an AdmissionReview, found a list/,
    },
  ])("that is $name is refused as a small one is", async ({ body, says }) => {
    const testServer = await start({});
    const { status, text } = await testServer.post("/mutate", body);
    expect([status, JSON.parse(text)]).toEqual([
      400,
      expect.objectContaining({
        response: expect.objectContaining({
          status: expect.objectContaining({ message: expect.stringMatching(says) }),
        }),
      }),
    ]);
  });
});

describe.each([
  { name: "takes too long", worker: STUCK, timeout: "?timeout=1s" },
  { name: "takes too much memory", worker: BROKEN, timeout: "?timeout=30s" },
])("a large review that $name", ({ worker, timeout }) => {
  it.each([
    { path: "/validate/deny", allowed: false },
    { path: "/validate", allowed: false },
    { path: "/validate/warn", allowed: true },
    { path: "/mutate", allowed: true },
  ])("is answered at $path: allowed $allowed, under its uid, with the reason", async ({ path, allowed }) => {
    const testServer = await start({ policies: POLICIES, worker });
    const response = await responseTo(testServer, path + timeout, largeReview("the-uid", LARGE));
    expect(response).toMatchObject({ uid: "the-uid", allowed });
    expect(JSON.stringify(response)).toContain("was not judged");
    await until(() => testServer.logged.some((line) => line.includes('"decision":"unjudged"')), "its line");
  });

  it("is allowed if there are no policies", async () => {
    const testServer = await start({ worker });
    expect(await responseTo(testServer, `/validate/deny${timeout}`, largeReview("1", LARGE))).toMatchObject({
      allowed: true,
    });
  });

  it("delays neither small reviews nor the next large one", async () => {
    const testServer = await start({ policies: POLICIES, worker });
    const first = responseTo(testServer, `/validate/deny${timeout}`, largeReview("first", LARGE));
    const others = await Promise.all([
      testServer.get("/healthz"),
      testServer.get("/readyz"),
      testServer.post("/validate", reviewOf("small")),
    ]);
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    const second = responseTo(testServer, `/validate/deny${timeout}`, largeReview("second", LARGE));
    expect([(await first).uid, (await second).uid]).toEqual(["first", "second"]);
  });
});

describe("large reviews of several clients", () => {
  it("are judged in rotation: a client that sends many delays only itself", async () => {
    const log = pino({ level: "silent" });
    const worker = new WorkerProcess(() => SETTINGS, { log, recordOptions: recordOptionsOf(log, "counted") });
    try {
      const body = Buffer.from(JSON.stringify(largeReview("1", LARGE)));
      const done: string[] = [];
      const reviews = ["flood", "flood", "flood", "a", "b"].map(async (client) => {
        const { type } = await worker.review({ client, kind: "deny", body, milliseconds: PATIENCE });
        done.push(`${type} ${client}`);
      });
      await Promise.all(reviews);
      // The first review starts at once, before the others are queued.
      expect(done).toEqual(["flood", "a", "b", "flood", "flood"].map((client) => `answer ${client}`));
    } finally {
      worker.close();
    }
  });
});

describe("a small review that takes long to judge", () => {
  it("is judged in the worker process, and other reviews are answered meanwhile", async () => {
    const endless = {
      ...POLICIES,
      judge: (_service: unknown, { checkpoint }: { checkpoint?: (() => void) | undefined }) => {
        // The reviews of the warm-up have no checkpoint.
        if (checkpoint === undefined) return [];
        for (;;) checkpoint();
      },
    };
    // The worker process compiles the policy documents, so the function that is replaced here does not affect it.
    const testServer = await start({ policies: endless });
    const response = await responseTo(testServer, "/validate/deny", reviewOf("long", { spec: BREAKS_A_RULE }));
    expect(response).toMatchObject({ uid: "long", allowed: false });
    expect(JSON.stringify(response)).toContain("external-ips");
  });
});

describe("memory", () => {
  it("a body that exceeds the memory of the worker process ends that process, and not the server", async () => {
    const testServer = await start({ policies: POLICIES, worker: { heap: 64 } });
    const text = JSON.stringify(reviewOf("dense", { metadata: { managedFields: ["DENSE"] } }));
    const dense = text.replace('"DENSE"', `${"{},".repeat(2_200_000)}{}`);
    expect(await responseTo(testServer, "/validate/deny?timeout=30s", dense)).toMatchObject({
      uid: "dense",
      allowed: false,
    });
    expect(await responseTo(testServer, "/validate/deny", largeReview("next", LARGE))).toMatchObject({ allowed: true });
  });
});

describe("shutdown", () => {
  it("does not wait for the worker process", async () => {
    const testServer = await start({ worker: STUCK, config: { shutdown: { drainSeconds: 0, graceSeconds: 0.2 } } });
    const reply = testServer.post("/validate?timeout=30s", largeReview("1", LARGE)).catch(() => "cut");
    await until(async () => (await testServer.get("/healthz")).status === 200, "health");
    await testServer.stop();
    server = undefined;
    await reply;
  });
});
