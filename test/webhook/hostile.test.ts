import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { isObject } from "#src/field/json.ts";
import { loadPolicies } from "#src/policy-files/load.ts";
import { checkedReply } from "../admission/response-schema.ts";
import { startTestServer, type TestServer, until } from "./harness.ts";
import { reviewOf } from "./large-reviews.ts";

/** The timeout of the requests, in milliseconds. Each of these Services once took longer and blocked all other reviews. */
const TIMEOUT = 10_000;

function many<T>(count: number, entry: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => entry(index));
}

const addresses = (count: number) => many(count, (i) => `203.0.${i >> 8}.${i & 255}`);
const exemptions = Object.fromEntries(many(4000, (i) => [`exempt.fairlead.dev/rule-${i}`, "a reason"]));

let servers: Readonly<Record<"baseline" | "advice" | "none", TestServer>>;
beforeAll(async () => {
  const [baseline, advice] = await Promise.all([loadPolicies(["baseline"]), loadPolicies(["advice"])]);
  servers = {
    baseline: await startTestServer({ policies: baseline.policies }),
    advice: await startTestServer({ policies: advice.policies }),
    none: await startTestServer(),
  };
});
afterAll(() => Promise.all(Object.values(servers).map((server) => server.stop())));

describe("a Service that is costly to judge is answered before the API server gives up", () => {
  it.each<{
    name: string;
    policies: keyof typeof servers;
    spec?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  }>([
    {
      name: "exemptions and addresses",
      policies: "baseline",
      spec: { externalIPs: addresses(250) },
      metadata: { annotations: exemptions },
    },
    {
      name: "exemptions and many addresses",
      policies: "baseline",
      spec: { externalIPs: addresses(2000) },
      metadata: { annotations: exemptions },
    },
    {
      name: "20,000 owners",
      policies: "none",
      metadata: {
        ownerReferences: many(20_000, (i) => ({ apiVersion: "v1", kind: "Pod", name: `p${i}`, uid: `${i}` })),
      },
    },
    {
      name: "node ports with managed fields",
      policies: "advice",
      spec: { type: "NodePort", ports: many(2700, (i) => ({ name: `p${i}`, port: i + 1, nodePort: 30_000 + i })) },
      metadata: {
        managedFields: many(2, (i) => ({
          manager: `manager-${i}`,
          operation: "Update",
          apiVersion: "v1",
          fieldsType: "FieldsV1",
          fieldsV1: {
            "f:spec": {
              "f:ports": Object.fromEntries(
                many(2700, (port) => [`k:{"port":${port + 1},"protocol":"TCP"}`, { "f:nodePort": {}, "f:port": {} }]),
              ),
            },
          },
        })),
      },
    },
    {
      name: "30,000 ports",
      policies: "none",
      spec: { ports: many(30_000, (i) => ({ name: `p${i}`, port: (i % 65_535) + 1 })) },
    },
    { name: "20,000 equal ports", policies: "baseline", spec: { ports: many(20_000, () => ({ port: 80 })) } },
  ])("$name", async ({ policies, name, ...object }) => {
    const server = servers[policies];
    const uid = name;
    const { status, text } = await server.post(`/validate/deny?timeout=${TIMEOUT}ms`, reviewOf(uid, object));
    expect([status, checkedReply(JSON.parse(text)).uid]).toEqual([200, uid]);
    await until(() => server.logged.some((line) => line.includes(`"uid":"${uid}"`)), "its line");
    const line: unknown = JSON.parse(server.logged.find((one) => one.includes(`"uid":"${uid}"`)) ?? "");
    expect(isObject(line) && line["milliseconds"]).toBeLessThan(TIMEOUT);
  });
});
