import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ApiError } from "#src/cluster/api/kubernetes-api.ts";
import { ClusterAudit } from "#src/cluster/audit/cluster-audit.ts";
import { systemClock } from "#src/cluster/loop/clock.ts";
import { ReplicaRegistry } from "#src/cluster/replicas/replica-registry.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { compilePolicies } from "#src/policy/compile/compile.ts";
import type { PolicySet } from "#src/policy/model/types.ts";
import { readPolicy } from "#src/policy/compile/index.ts";
import { UNKNOWN_CLUSTER } from "#src/service/cluster/cluster-profile.ts";
import { until } from "../poll.ts";
import { MemoryApi } from "./memory-api.ts";

const OPEN = "/apis/openreports.io/v1alpha1/namespaces/shop/reports";
const OLD = "/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports";
const OWNER = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/fairlead";
const CLAIM = { externalIPs: ["192.0.2.1"] };

function policies(action: string): PolicySet {
  const document = {
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: "team" },
    spec: { rules: [{ rule: "external-ips", action }] },
  };
  const reading = readPolicy(document);
  if (!("policy" in reading)) throw new Error("the policy is not valid");
  return compilePolicies([reading.policy]);
}

describe("the audit in the background", () => {
  let api: MemoryApi;
  let log: string[];
  let running: ClusterAudit[];

  beforeEach(() => {
    api = new MemoryApi();
    api.served.set("openreports.io/v1alpha1", ["reports"]);
    api.objects.set(OWNER, {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "fairlead", uid: "owner" },
    });
    log = [];
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((audit) => audit.close()));
  });

  async function start(writes = true, set = policies("deny")): Promise<ClusterAudit> {
    const write = (_facts: Record<string, unknown>, message: string): void => {
      log.push(message);
    };
    const dependencies = { api, clock: systemClock, log: { info: write, warn: write } };
    const settings = { namespace: "fairlead", lease: "fairlead", replica: "one", heartbeat: 30_000 };
    const registry = new ReplicaRegistry(dependencies, settings);
    await registry.publish();
    const facts = { current: () => ({ version: { minor: 35 }, profile: UNKNOWN_CLUSTER }) };
    const audit = new ClusterAudit(
      dependencies,
      registry,
      { isReady: () => true, policies: () => set, facts, inventory: undefined },
      {
        writes,
        interval: 3_600_000,
        writesPerSecond: 100,
        replica: "one",
        owners: [OWNER],
        exempt: { namespaces: ["kube-system"], services: [] },
      },
    );
    running.push(audit);
    audit.start();
    return audit;
  }

  const report = (path = `${OPEN}/fairlead`): JsonObject | undefined => api.objects.get(path);
  const failing = (path?: string): unknown => valueAt(report(path), ["summary", "fail"]);
  const events = (): JsonObject[] =>
    [...api.objects].flatMap(([path, object]) => (path.includes("/events/") ? [object] : []));

  it("writes a report for a namespace, which goes with its owner", async () => {
    api.putService("shop", "web", CLAIM);
    api.putService("kube-system", "dns", CLAIM);
    await start();
    await until(() => failing() === 1);
    expect(report()).toMatchObject({
      apiVersion: "openreports.io/v1alpha1",
      kind: "Report",
      source: "fairlead",
      metadata: { labels: { "app.kubernetes.io/managed-by": "fairlead" }, ownerReferences: [{ uid: "owner" }] },
      summary: { pass: 0, fail: 1, warn: 0, error: 0, skip: 0 },
      results: [
        {
          source: "fairlead",
          policy: "team",
          rule: "external-ips",
          result: "fail",
          severity: "high",
          properties: { field: "spec.externalIPs[0]" },
          resources: [{ apiVersion: "v1", kind: "Service", namespace: "shop", name: "web", uid: "uid-web" }],
        },
      ],
    });
    expect([...api.objects.keys()].filter((path) => path.includes("kube-system/reports"))).toEqual([]);
  });

  it("keeps it current, tells what is new, and deletes it when all is mended", async () => {
    api.putService("shop", "web", CLAIM);
    const audit = await start();
    await until(() => failing() === 1);
    expect(events()).toEqual([]);
    const [first] = [valueAt(report(), ["results", 0, "timestamp"])];
    api.putService("shop", "api", CLAIM);
    await until(() => failing() === 2);
    expect(valueAt(report(), ["results", 1, "timestamp"])).toEqual(first);
    await until(() => events().length === 1);
    expect(events()).toMatchObject([{ involvedObject: { name: "api" } }]);
    api.putService("shop", "web", {});
    api.dropService("shop", "api");
    await until(() => report() === undefined);
    expect(audit.state()).toMatchObject({ services: 1, counts: [] });
  });

  it("writes nothing again after a restart, and tells only what is new", async () => {
    api.putService("shop", "web", CLAIM);
    const first = await start();
    await until(() => failing() === 1);
    await first.close();
    running = [];
    api.putService("shop", "api", CLAIM);
    await start();
    await until(() => failing() === 2);
    await until(() => events().length === 1);
    expect(events()).toMatchObject([{ reason: "PolicyViolation", type: "Warning", involvedObject: { name: "api" } }]);
  });

  it("writes the older kind where the cluster has only that", async () => {
    api.served.clear();
    api.served.set("wgpolicyk8s.io/v1alpha2", ["policyreports"]);
    api.putService("shop", "web", CLAIM);
    await start();
    await until(() => failing(`${OLD}/fairlead`) === 1);
    expect(report(`${OLD}/fairlead`)).toMatchObject({ kind: "PolicyReport" });
  });

  it.each([
    { name: "no kind of report", isServed: false, writes: true, says: 1 },
    { name: "only counting", isServed: true, writes: false, says: 0 },
  ])("$name: the metrics tell", async ({ isServed, writes, says }) => {
    if (!isServed) api.served.clear();
    api.putService("shop", "web", CLAIM);
    const audit = await start(writes, policies("warn"));
    await until(() => audit.state() !== undefined);
    expect(audit.state()?.counts).toEqual([{ policy: "team", rule: "external-ips", action: "warn", count: 1 }]);
    expect(log.filter((line) => line.includes("neither openreports.io nor"))).toHaveLength(says);
    expect(report()).toBeUndefined();
  });

  it("goes on after an outage", async () => {
    api.putService("shop", "web", CLAIM);
    await start();
    await until(() => failing() === 1);
    api.refusal = new ApiError(503, "away");
    api.putService("shop", "api", CLAIM);
    await until(() => log.includes("the audit cannot go on for now"));
    api.refusal = undefined;
    await until(() => failing() === 2);
  });
});
