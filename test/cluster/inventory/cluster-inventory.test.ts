import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { ClusterInventory } from "#src/cluster/inventory/cluster-inventory.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Need } from "#src/inventory/model/view.ts";
import { ApiServer } from "../api-server.ts";
import { FakeClock } from "../fake-clock.ts";
import { until } from "../poll.ts";
import { Refusal } from "../store.ts";

const SERVICES = "/api/v1/services";
const PODS = "/api/v1/pods";
const DEPLOYMENTS = "/apis/apps/v1/deployments";
const ROLLOUTS = "/apis/argoproj.io/v1alpha1/rollouts";
const INGRESSES = "/apis/networking.k8s.io/v1/ingresses";
const REFRESH = 60_000;

function service(name: string, selector: JsonObject = { app: name }): JsonObject {
  return { metadata: { name, namespace: "team" }, spec: { selector, ports: [{ port: 80 }] } };
}

function pod(
  name: string,
  labels: JsonObject,
  owner?: { readonly apiVersion: string; readonly kind: string },
): JsonObject {
  const ownerReferences = owner === undefined ? [] : [{ ...owner, name: "x", controller: true }];
  const containers = [{ name: "c", ports: [{ containerPort: 80 }] }];
  return { metadata: { name, namespace: "team", labels, ownerReferences }, spec: { containers } };
}

function template(name: string, app: string): JsonObject {
  return {
    metadata: { name, namespace: "team" },
    spec: { template: { metadata: { labels: { app } }, spec: { containers: [] } } },
  };
}

describe("the inventory of a cluster", () => {
  let server: ApiServer;
  let clock: FakeClock;
  let log: string[];
  let needs: Set<Need>;
  let inventory: ClusterInventory;

  beforeEach(async () => {
    server = await ApiServer.start();
    server.served.set("apps/v1", ["deployments", "statefulsets", "daemonsets", "replicasets"]);
    server.served.set("networking.k8s.io/v1", ["ingresses"]);
    clock = new FakeClock();
    log = [];
    needs = new Set(["services"]);
    const write = (facts: Record<string, unknown>, message: string): void => {
      log.push(`${message} ${JSON.stringify(facts)}`);
    };
    inventory = new ClusterInventory(
      { api: connect(server.kubeconfig), clock, log: { info: write, warn: write } },
      REFRESH,
    );
  });

  afterEach(async () => {
    server.resume();
    await inventory.close();
    await server.stop();
  });

  const services = (): string[] =>
    [...(inventory.current()?.view.servicesIn("team") ?? [])].map(({ name }) => name).sort();
  const knows = (need: Need): boolean => inventory.current()?.view.has(need) === true;
  const workloads = (app: string): string[] =>
    [...(inventory.current()?.view.workloadsWith({ app }, "team") ?? [])].map(({ kind, name }) => `${kind}/${name}`);

  async function start(...wanted: readonly Need[]): Promise<void> {
    needs = new Set(wanted);
    inventory.start(() => needs);
    await until(() => wanted.every(knows));
  }

  /** Lets timers fire until it holds: those of retries, and the regular look at what is needed. */
  async function untilInTime(holds: () => boolean): Promise<void> {
    await until(() => {
      clock.advance(1_000);
      return holds();
    });
  }

  it("reads nothing while no rule needs it, and forgets it when the last one is gone", async () => {
    server.store.create(SERVICES, service("shop"));
    needs = new Set();
    inventory.start(() => needs);
    clock.advance(5_000);
    expect(inventory.current()).toBeUndefined();
    expect(server.reads).toEqual([]);
    needs = new Set(["services"]);
    await untilInTime(() => knows("services"));
    expect(services()).toEqual(["shop"]);
    needs = new Set();
    await untilInTime(() => inventory.current() === undefined);
    expect([...inventory.state().objects]).toEqual([]);
  });

  it("lists page by page, and follows each change", async () => {
    const names = Array.from({ length: 450 }, (_, index) => `s-${1000 + index}`);
    for (const name of names) server.store.create(SERVICES, service(name));
    await start("services");
    expect(services()).toEqual(names);
    expect(server.reads.filter((path) => path.startsWith(SERVICES) && path.includes("limit="))).toHaveLength(3);
    server.store.create(SERVICES, service("t"));
    server.store.remove(SERVICES, "s-1000");
    server.store.replace(SERVICES, "s-1001", service("s-1001", { app: "other" }));
    await until(() => services().includes("t") && !services().includes("s-1000"));
    await until(() => inventory.current()?.view.service("team", "s-1001")?.selector?.["app"] === "other");
  });

  it("begins a list anew whose next page has expired, and drops what is gone by then", async () => {
    for (let index = 0; index < 300; index++) server.store.create(SERVICES, service(`s-${index}`));
    let refused = 0;
    server.rules.push(({ query }) => {
      if (!query.has("continue") || refused++ > 0) return undefined;
      server.store.remove(SERVICES, "s-0");
      return new Refusal(410, "Expired", "the token is too old");
    });
    inventory.start(() => needs);
    await untilInTime(() => knows("services"));
    expect(services()).toHaveLength(299);
    expect(services()).not.toContain("s-0");
    expect(log.filter((line) => line.includes("cannot"))).toEqual([]);
  });

  it("lists again when the server no longer knows the version from which it watched", async () => {
    server.store.create(SERVICES, service("one"));
    let gone = 0;
    server.rules.push(({ query }) =>
      query.get("watch") === "true" && gone++ === 0
        ? new Refusal(410, "Expired", "too old resource version")
        : undefined,
    );
    await start("services");
    server.store.create(SERVICES, service("two"));
    await untilInTime(() => services().join() === "one,two");
  });

  it("asks for those Pods only that nothing else stands for, and for the metadata of some", async () => {
    const kruise = { apiVersion: "apps.kruise.io/v1alpha1", kind: "CloneSet" };
    const set = { apiVersion: "apps/v1", kind: "StatefulSet" };
    server.store.create(DEPLOYMENTS, template("web", "web"));
    server.store.create(PODS, pod("web-1", { app: "web", "pod-template-hash": "1" }));
    server.store.create(PODS, pod("bare", { app: "bare" }));
    server.store.create(PODS, pod("clone", { app: "clone", "controller-revision-hash": "1" }, kruise));
    server.store.create(PODS, pod("db-0", { app: "db", "controller-revision-hash": "1" }, set));
    await start("workloads");
    expect(["web", "bare", "clone", "db"].map(workloads)).toEqual([
      ["Deployment/web"],
      ["Pod/bare"],
      ["Pod/clone"],
      [],
    ]);
    const ports = ["bare", "clone"].map(
      (app) => [...(inventory.current()?.view.workloadsWith({ app }, "team") ?? [])][0]?.ports,
    );
    expect(ports).toEqual([[{ port: 80, protocol: "TCP" }], undefined]);
  });

  it("finds a kind that comes later, and forgets one that goes", async () => {
    await start("workloads");
    server.served.set("argoproj.io/v1alpha1", ["rollouts"]);
    server.store.create(ROLLOUTS, template("green", "green"));
    expect(workloads("green")).toEqual([]);
    await untilInTime(() => workloads("green").length === 1);
    server.absent.add(ROLLOUTS);
    server.drop();
    server.rules = [];
    await untilInTime(() => workloads("green").length === 0 && knows("workloads"));
  });

  it.each([
    { name: "of Kubernetes: the need is not known", path: INGRESSES, need: "references", isKnown: false },
    { name: "of others: it is passed over", path: ROLLOUTS, need: "workloads", isKnown: true },
  ] as const)("says once what may not be read, and which right is missing; $name", async ({ path, need, isKnown }) => {
    server.served.set("argoproj.io/v1alpha1", ["rollouts"]);
    server.rules.push((request) => (request.path === path ? new Refusal(403, "Forbidden", "no") : undefined));
    needs = new Set(["services", need]);
    inventory.start(() => needs);
    await untilInTime(() => knows("services") && log.some((line) => line.includes("may not list")));
    for (let minute = 0; minute < 5; minute++) clock.advance(60_000);
    if (isKnown) await untilInTime(() => knows(need));
    expect(knows(need)).toBe(isKnown);
    expect(log.filter((line) => line.includes("may not list"))).toHaveLength(1);
    expect(log.find((line) => line.includes("may not list"))).toContain('"verbs":["list","watch"]');
    expect(inventory.lacking([need]) === undefined).toBe(isKnown);
    expect(inventory.lacking(["services"])).toBeUndefined();
  });

  it("keeps what it knew while the server is away, says how old that is, and catches up", async () => {
    server.store.create(SERVICES, service("one"));
    await start("services");
    server.drop();
    clock.advance(12_000);
    await until(() => log.some((line) => line.includes("what was known goes on counting")) || services().length === 1);
    expect(services()).toEqual(["one"]);
    expect(inventory.current()?.age).toBeGreaterThanOrEqual(12);
    server.store.create(SERVICES, service("two"));
    server.rules = [];
    await untilInTime(() => services().join() === "one,two");
    expect(inventory.current()?.age).toBeLessThan(12);
  });

  it("is the same object as long as nothing has changed: settings of reviews are compared by it", async () => {
    await start("services");
    expect(inventory.current()).toBe(inventory.current());
  });
});
