import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { policies } from "#test/policy/support.ts";
import { partOf, readReviewFile } from "#test/reviews/reviews.ts";
import { startTestServer, type TestServer } from "../harness.ts";

const CREATE = "create-main-kubectl-client-side-apply-shop-mutating.json";
const UPDATE = "update-main-kubectl-patch-shop-validating.json";
const RULES = policies({
  rules: [
    { rule: "node-ports-forbidden", action: "deny" },
    { rule: "named-ports", action: "warn" },
  ],
});

let servers: Readonly<Record<"info" | "debug", TestServer>>;
beforeAll(async () => {
  servers = {
    info: await startTestServer({ policies: RULES }),
    debug: await startTestServer({ level: "debug" }),
  };
});
afterAll(() => Promise.all(Object.values(servers).map((server) => server.stop())));

/** Sends a request. @returns its log lines, parsed, without the fields that pino adds */
async function logged(level: "info" | "debug", path: string, body: unknown): Promise<JsonObject[]> {
  const server = servers[level];
  const before = server.logged.length;
  await server.post(path, body);
  return server.logged.slice(before).map((line) => {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) throw new Error(`no JSON object: ${line}`);
    const pinoFields = new Set(["time", "level", "pid", "hostname"]);
    return Object.fromEntries(Object.entries(value).filter(([name]) => !pinoFields.has(name)));
  });
}

describe("the line of a review", () => {
  it("contains the request, the user, the decision and the duration", async () => {
    const { review, request } = readReviewFile(CREATE);
    expect(await logged("info", "/mutate?timeout=5s", review)).toEqual([
      {
        phase: "mutate",
        decision: "patched",
        uid: request["uid"],
        operation: "CREATE",
        service: "default/shop",
        user: "admin",
        patched: ["/spec/ipFamilyPolicy"],
        milliseconds: expect.any(Number),
        ...(request["dryRun"] === true ? { dryRun: true } : {}),
        msg: "review",
      },
    ]);
  });

  it("contains the causes and the findings of policies", async () => {
    const { review, request } = readReviewFile(UPDATE);
    Object.assign(partOf(request, "object", "spec"), {
      type: "NodePort",
      sessionAffinity: "Cookie",
      ports: [{ port: 0 }],
    });
    const [line] = await logged("info", "/validate/deny", review);
    expect(line).toMatchObject({
      phase: "deny",
      decision: "denied",
      operation: "UPDATE",
      causes: expect.arrayContaining(["port-range spec.ports[0].port", "unsupported-value spec.sessionAffinity"]),
      policies: ["a/node-ports-forbidden=deny"],
    });
  });

  it("identifies a Service without a name by its generateName", async () => {
    const { review } = readReviewFile("create-main-kubectl-generateName-mutating.json");
    const [line] = await logged("info", "/mutate", review);
    expect(line?.["service"]).toMatch(/^default\/.+\*$/);
  });

  it("has the level warn for a request that is not a write of a Service", async () => {
    const { review, request } = readReviewFile(CREATE);
    request["resource"] = { group: "apps", version: "v1", resource: "deployments" };
    expect(await logged("info", "/mutate", review)).toMatchObject([
      { decision: "passed", reason: "not a write of a Service: CREATE of apps/v1/deployments" },
    ]);
  });
});

describe("reviews without a change", () => {
  const counted = async (): Promise<TestServer> =>
    startTestServer({ policies: RULES, config: { log: { unchanged: "counted" } } });
  const named = (): unknown => {
    const { review, request } = readReviewFile(UPDATE);
    partOf(request, "object", "spec")["ports"] = [{ name: "web", port: 80, protocol: "TCP", targetPort: 80 }];
    return review;
  };

  it("are counted in one line", async () => {
    const server = await counted();
    await server.post("/mutate", readReviewFile(CREATE).review);
    await server.post("/validate", named());
    await server.post("/validate", named());
    await server.stop();
    expect(server.logged.map((line): unknown => JSON.parse(line))).toMatchObject([
      { msg: "reviews without a change", mutate: { CREATE: 1 }, validate: { UPDATE: 2 } },
    ]);
    expect(await server.metrics.text()).toContain(
      'fairlead_reviews_total{operation="UPDATE",decision="allowed",phase="validate"} 2',
    );
  });

  it.each([
    {
      name: "a finding",
      path: "/validate",
      change: (request: JsonObject) => (partOf(request, "object", "spec")["sessionAffinity"] = "Cookie"),
    },
    {
      name: "an exemption",
      path: "/validate",
      change: (request: JsonObject) => (request["namespace"] = "kube-system"),
    },
    { name: "another resource", path: "/validate", change: (request: JsonObject) => (request["kind"] = {}) },
  ])("are not those with $name", async ({ path, change }) => {
    const server = await counted();
    const { review, request } = readReviewFile(UPDATE);
    change(request);
    await server.post(path, review);
    await server.stop();
    expect(server.logged.map((line): unknown => JSON.parse(line))).toMatchObject([{ msg: "review" }]);
  });

  it("are not those that get a default of the settings or of a policy", async () => {
    const { review } = readReviewFile(CREATE);
    const servers = [
      { config: { log: { unchanged: "counted" }, defaults: { ipFamilyPolicy: "PreferDualStack" } } },
      {
        config: { log: { unchanged: "counted" } },
        policies: policies({ defaults: { labels: { team: "a" } } }),
      },
    ] as const;
    for (const options of servers) {
      const server = await startTestServer(options);
      await server.post("/mutate", review);
      await server.stop();
      expect(server.logged.map((line): unknown => JSON.parse(line))).toMatchObject([{ decision: "patched" }]);
    }
  });
});

describe("bodies", () => {
  it("are not logged by default", async () => {
    const { review } = readReviewFile(UPDATE);
    const text = JSON.stringify(await logged("info", "/validate", review));
    for (const part of ["clusterIP", "selector", "managedFields", "labels"]) expect(text).not.toContain(part);
  });

  it("have their own line at debug level, without managed fields", async () => {
    const { review, request } = readReviewFile(UPDATE);
    expect(JSON.stringify(review)).toContain("managedFields");
    const lines = await logged("debug", "/validate", review);
    expect(lines.map((line) => line["msg"])).toEqual(["review", "review body"]);
    expect(lines[1]).toMatchObject({
      uid: request["uid"],
      object: { spec: partOf(request, "object", "spec") },
      oldObject: { spec: partOf(request, "oldObject", "spec") },
    });
    expect(JSON.stringify(lines)).not.toContain("managedFields");
  });
});

describe("metrics", () => {
  it("count reviews, findings and exemptions", async () => {
    const server = await startTestServer({ policies: RULES });
    try {
      const { review, request } = readReviewFile(UPDATE);
      partOf(request, "object", "spec")["sessionAffinity"] = "Cookie";
      await server.post("/validate", review);
      await server.post("/mutate", readReviewFile(CREATE).review);
      request["namespace"] = "kube-system";
      await server.post("/validate/warn", review);
      const { text } = await server.get("/metrics");
      for (const line of [
        'fairlead_reviews_total{operation="UPDATE",decision="denied",phase="validate"} 1',
        'fairlead_reviews_total{operation="CREATE",decision="patched",phase="mutate"} 1',
        'fairlead_reviews_total{operation="UPDATE",decision="exempt",phase="warn"} 1',
        'fairlead_findings_total{rule="unsupported-value",policy="",action="invalid"} 1',
        'fairlead_exemptions_total{by="namespace"} 1',
        'fairlead_review_duration_seconds_count{phase="validate"} 1',
      ])
        expect(text).toContain(line);
    } finally {
      await server.stop();
    }
  });
});
