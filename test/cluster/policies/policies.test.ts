import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { objectsAt } from "#src/cluster/api/kubernetes-api.ts";
import { ClusterPolicies } from "#src/cluster/policies/source.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import { ReplicaRegistry } from "#src/cluster/replicas/replica-registry.ts";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { ApiServer } from "../api-server.ts";
import { FakeClock } from "../fake-clock.ts";
import { until } from "../poll.ts";

const GOOD = { rules: [{ rule: "named-ports", action: "warn" }] };
const BAD = { rules: [{ rule: "no-such-rule" }] };

interface Running {
  readonly policies: ClusterPolicies;
  readonly registry: ReplicaRegistry;
}

describe("the ServicePolicy objects of a cluster", () => {
  let server: ApiServer;
  let clock: FakeClock;
  let running: Running[];
  let log: string[];

  beforeEach(async () => {
    server = await ApiServer.start();
    clock = new FakeClock();
    running = [];
    log = [];
  });

  afterEach(async () => {
    server.resume();
    await Promise.all(running.map(({ policies }) => policies.close()));
    await server.stop();
  });

  async function start(replica: string): Promise<ClusterPolicies> {
    const write = (_facts: Record<string, unknown>, message: string): void => {
      log.push(message);
    };
    const dependencies = { api: connect(server.kubeconfig), clock, log: { info: write, warn: write } };
    const registry = new ReplicaRegistry(dependencies, {
      namespace: "fairlead",
      lease: "fairlead",
      replica,
      heartbeat: 30_000,
    });
    await registry.publish();
    const policies = new ClusterPolicies(dependencies, registry);
    running.push({ policies, registry });
    policies.start();
    await until(() => policies.readiness() === undefined);
    return policies;
  }

  function apply(name: string, spec: JsonObject): void {
    const found = server.store.find(POLICIES_PATH, name);
    const object = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec };
    if (found === undefined) server.store.create(POLICIES_PATH, object);
    else server.store.replace(POLICIES_PATH, name, { ...found, spec });
  }

  function condition(name: string): JsonObject | undefined {
    return objectsAt(server.store.find(POLICIES_PATH, name), "status", "conditions")[0];
  }

  it("come into force, change, and go, as they are written", async () => {
    const policies = await start("a");
    expect(policies.current().size).toBe(0);
    apply("one", GOOD);
    await until(() => policies.current().size === 1);
    apply("two", GOOD);
    await until(() => policies.current().size === 2);
    server.store.remove(POLICIES_PATH, "one");
    await until(() => policies.current().size === 1);
  });

  it("say in their status whether they are in force, and why not", async () => {
    const policies = await start("a");
    apply("one", GOOD);
    await until(() => condition("one")?.status === "True");
    const since = condition("one")?.lastTransitionTime;
    expect(condition("one")).toEqual({
      type: "InForce",
      status: "True",
      reason: "Accepted",
      message: "the policy is in force",
      observedGeneration: 1,
      lastTransitionTime: since,
    });

    clock.advance(1_000);
    apply("one", BAD);
    await until(() => condition("one")?.status === "False");
    expect(condition("one")).toMatchObject({ reason: "Refused", observedGeneration: 2 });
    expect(condition("one")?.message).toMatch(/^spec\.rules\[0\]\.rule: there is no rule "no-such-rule"/);
    expect(condition("one")?.lastTransitionTime).not.toBe(since);
    expect(policies.current().size).toBe(0);
    expect(policies.refused()).toBe(1);

    apply("one", GOOD);
    await until(() => condition("one")?.status === "True" && policies.current().size === 1);
  });

  it("list their rules in the status, each once, whether in force or not", async () => {
    await start("a");
    const rulesOf = (name: string): unknown => valueAt(server.store.find(POLICIES_PATH, name), ["status", "rules"]);
    apply("one", {
      rules: [{ rule: "named-ports" }, { rule: "external-ips" }, { rule: "named-ports", action: "warn" }],
    });
    await until(() => rulesOf("one") === "named-ports, external-ips");
    apply("one", { rules: [{ rule: "named-ports" }, { rule: "no-such-rule" }] });
    await until(() => rulesOf("one") === "named-ports, no-such-rule");
    apply("one", {
      validations: [{ expression: "true" }, { name: "own", expression: "true" }],
      rules: [{ rule: "named-ports" }],
    });
    await until(() => rulesOf("one") === "named-ports, validations[0], own");
    apply("one", { defaults: { labels: { team: "a" } }, rules: [] });
    await until(() => rulesOf("one") === "");
  });

  it("a write of a status makes no new set, and a change of one policy reads no other", async () => {
    for (const name of ["one", "two", "three"]) apply(name, GOOD);
    const policies = await start("a");
    const first = policies.current();
    await until(() => ["one", "two", "three"].every((name) => condition(name)?.status === "True"));
    expect(policies.current()).toBe(first);

    apply("two", { rules: [{ rule: "named-ports", action: "deny" }] });
    await until(() => policies.current() !== first);
    const kept = policies.current().documents.filter((document) => first.documents.includes(document));
    expect(kept.map(({ metadata }) => metadata.name).sort()).toEqual(["one", "three"]);
    // Another object with the same name and generation.
    const same = policies.current();
    server.store.remove(POLICIES_PATH, "three");
    apply("three", { rules: [{ rule: "external-ips" }] });
    await until(() => {
      const [now] = policies.current().documents.filter(({ metadata }) => metadata.name === "three");
      return now?.kind === "ServicePolicy" && now.spec.rules[0]?.rule === "external-ips";
    });
    expect(policies.current()).not.toBe(same);
  });

  it("a thousand that come at once are read a few times, not a thousand", async () => {
    const policies = await start("a");
    const seen = new Set<unknown>();
    for (let i = 0; i < 1_000; i++) apply(`p${i}`, GOOD);
    await until(() => {
      seen.add(policies.current());
      return policies.current().size === 1_000;
    });
    expect(seen.size).toBeLessThan(100);
  });

  it("the pause after a failure is the shortest again once a list has worked", async () => {
    const policies = await start("a");
    for (let failures = 1; failures <= 5; failures++) {
      server.drop();
      await until(() => log.filter((message) => message.includes("those read last go on counting")).length >= failures);
      server.rules.length = 0;
      apply(`p${failures}`, GOOD);
      // Each time only the first, shortest pause passes.
      clock.advance(500);
      await until(() => policies.current().size === failures);
    }
  });

  it("a bad one does no harm to the others", async () => {
    apply("bad", BAD);
    apply("good", GOOD);
    expect((await start("a")).current().size).toBe(1);
  });

  it("are written to by one replica only, and by another when that one says goodbye", async () => {
    await start("a");
    await start("b");
    apply("one", GOOD);
    await until(() => condition("one") !== undefined);
    const statusWrites = (): number => server.writes.filter((write) => write.endsWith("/one/status")).length;
    expect(statusWrites()).toBe(1);

    await running[0]?.policies.close();
    await running[0]?.registry.close();
    clock.advance(30_000);
    await until(() => running[1]?.registry.isLeader() === true);
    apply("one", BAD);
    await until(() => condition("one")?.status === "False");
    expect(statusWrites()).toBe(2);
  });

  it("those read last count on while the API server is away", async () => {
    apply("one", GOOD);
    const policies = await start("a");
    server.drop();
    await until(() => log.some((message) => message.includes("those read last go on counting")));
    expect(policies.current().size).toBe(1);
    expect(policies.readiness()).toBeUndefined();

    server.rules.length = 0;
    apply("two", GOOD);
    await until(() => {
      clock.advance(30_000);
      return policies.current().size === 2;
    });
  });

  it("a server is not ready before it has read them", async () => {
    server.pause();
    const dependencies = {
      api: connect(server.kubeconfig),
      clock,
      log: { info: () => undefined, warn: () => undefined },
    };
    const registry = new ReplicaRegistry(dependencies, {
      namespace: "fairlead",
      lease: "fairlead",
      replica: "a",
      heartbeat: 30_000,
    });
    const policies = new ClusterPolicies(dependencies, registry);
    running.push({ policies, registry });
    policies.start();
    expect(policies.readiness()).toBe("the policies have not been read yet");
    server.resume();
    await until(() => policies.readiness() === undefined);
  });

  it("a cluster that does not know them has none", async () => {
    server.absent.add(POLICIES_PATH);
    const policies = await start("a");
    expect(policies.current().size).toBe(0);
    expect(log).toContain("the policies cannot be watched: those read last go on counting");
  });
});
