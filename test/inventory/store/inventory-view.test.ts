import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/index.ts";
import { entriesOf, serviceEntry } from "#src/inventory/extract/index.ts";
import { type InventoryView, NEEDS, type Need } from "#src/inventory/model/index.ts";
import { Inventory, inventoryOf, sliceFor } from "#src/inventory/store/index.ts";

function service(name: string, namespace?: string, selector: JsonObject = { app: "a" }): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector, ports: [{ port: 80 }] },
  };
}
function workload(kind: string, name: string, labels: JsonObject, namespace?: string): JsonObject {
  const apiVersion = kind === "Pod" ? "v1" : "apps/v1";
  return { apiVersion, kind, metadata: { name, namespace }, spec: { template: { metadata: { labels } } } };
}
function scaler(name: string, kind = "Deployment", namespace?: string): JsonObject {
  const spec = { scaleTargetRef: { apiVersion: "apps/v1", kind, name } };
  return { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "s", namespace }, spec };
}

function inventory(objects: readonly JsonObject[], isComplete = false): Inventory {
  const made = new Inventory(isComplete, new Set(NEEDS));
  for (const object of objects) {
    const entries = entriesOf(object, { namespace: "default" });
    if (entries !== undefined) made.set(JSON.stringify(object), entries);
  }
  return made;
}

function names(found: Iterable<{ readonly name: string }>): readonly string[] {
  return Array.from(found, ({ name }) => name).sort();
}

describe("workloadsWith", () => {
  const CASES: [string, JsonObject, Record<string, string>, boolean][] = [
    ["all labels", workload("Deployment", "d", { app: "a", tier: "b" }), { app: "a", tier: "b" }, true],
    ["a label with another value", workload("Deployment", "d", { app: "b" }), { app: "a" }, false],
    ["the value at another key", workload("Deployment", "d", { name: "a" }), { app: "a" }, false],
    ["no labels to ask for", workload("Deployment", "d", { app: "a" }), {}, false],
    [
      "a Pod of a StatefulSet",
      workload("StatefulSet", "kafka", {}),
      { "statefulset.kubernetes.io/pod-name": "kafka-0" },
      true,
    ],
    [
      "a Pod of another",
      workload("StatefulSet", "kafka", {}),
      { "statefulset.kubernetes.io/pod-name": "redis-0" },
      false,
    ],
    [
      "a Pod's name without a number",
      workload("StatefulSet", "kafka", {}),
      { "apps.kubernetes.io/pod-index": "0" },
      true,
    ],
    ["a hash", workload("Deployment", "d", { app: "a" }), { app: "a", "pod-template-hash": "5d8" }, true],
    ["a hash alone", workload("Deployment", "d", { app: "a" }), { "pod-template-hash": "5d8" }, true],
    [
      "a hash of its own",
      workload("ReplicaSet", "d", { "pod-template-hash": "5d9" }),
      { "pod-template-hash": "5d8" },
      false,
    ],
    [
      "a hash that its Pods do not get",
      workload("DaemonSet", "d", { app: "a" }),
      { "pod-template-hash": "5d8" },
      false,
    ],
  ];

  it.each(CASES)("%s", (_, object, selector, isFound) => {
    const view = inventory([object, workload("DaemonSet", "other", { x: "y" })]).view();
    expect(names(view.workloadsWith(selector, "default"))).toHaveLength(isFound ? 1 : 0);
  });

  it.each([
    ["an autoscaler of its own", scaler("d"), undefined],
    ["one of another kind", scaler("d", "StatefulSet"), 1],
    ["one of another workload", scaler("e"), 1],
    ["one in another namespace", scaler("d", "Deployment", "shop"), 1],
  ])("says how many Pods there are, beside %s", (_, object, replicas) => {
    const view = inventory([workload("Deployment", "d", { app: "a" }, "default"), object]).view();
    expect(Array.from(view.workloadsWith({ app: "a" }, "default"), (one) => one.replicas)).toEqual([replicas]);
    expect(Array.from(view.workloadsIn("default"), (one) => one.replicas)).toEqual([replicas]);
    expect(Array.from(view.workloadsNear({ app: "b" }, "default"), (one) => one.replicas)).toEqual([replicas]);
  });

  it("has one of which something else sets the number of Pods once, by whichever question it is found", () => {
    const view = inventory([
      workload("Deployment", "d", { app: "a" }, "default"),
      scaler("d", "Deployment", "default"),
    ]);
    const [asked] = view.view().workloadsWith({ app: "a" }, "default");
    const slice = sliceFor(view.view(), serviceEntry(service("s", "default"), "default"));
    expect(slice.entries.workloads).toEqual([asked]);
  });
});

describe("a namespace that is left open", () => {
  const view = inventory([
    service("here", "shop"),
    service("open"),
    workload("Deployment", "here", { app: "a" }, "shop"),
    workload("Deployment", "open", { app: "a" }),
    workload("Deployment", "there", { app: "a" }, "blog"),
  ]).view();

  it.each<[string, (of: InventoryView) => Iterable<{ readonly name: string }>, readonly string[]]>([
    ["workloads", (of) => of.workloadsWith({ app: "a" }, "shop"), ["here", "open"]],
    ["workloads of an open one", (of) => of.workloadsWith({ app: "a" }, "default", true), ["here", "open", "there"]],
    ["Services by name", (of) => of.findServices("blog", "open"), ["open"]],
    ["Services by another name", (of) => of.findServices("blog", "here"), []],
    ["Services by name from an open one", (of) => of.findServices("blog", "here", true), ["here"]],
    ["Services of namespaces", (of) => of.allServices(["blog"]), ["open"]],
    ["Services of several namespaces", (of) => of.allServices(["shop", "blog"]), ["here", "open"]],
    ["what is certainly there", (of) => of.servicesIn("shop"), ["here"]],
    ["what is certainly where it is by default", (of) => of.servicesIn("default"), ["open"]],
  ])("%s", (_, ask, expected) => {
    expect(names(ask(view))).toEqual(expected);
  });
});

describe("a wider inventory", () => {
  const own = inventory([service("a", "shop")]);
  const wider = inventory(
    [
      service("a", "shop"),
      service("b", "shop"),
      workload("Deployment", "d", { app: "a" }, "shop"),
      scaler("d", "Deployment", "shop"),
    ],
    true,
  );
  const view = own.view(wider);

  it("counts for what seems to be missing", () => {
    expect(names(view.workloadsWith({ app: "a" }, "shop"))).toEqual(["d"]);
    expect(names(view.findServices("shop", "b"))).toEqual(["b"]);
    expect(Array.from(view.workloadsIn("shop"), ({ replicas }) => replicas)).toEqual([undefined]);
    expect(view.isComplete).toBe(true);
  });

  it("does not count for what is claimed", () => {
    expect(names(view.servicesIn("shop"))).toEqual(["a"]);
    expect(names(view.servicesSelectingBy("app", "a"))).toEqual(["a"]);
    expect(view.service("shop", "b")).toBeUndefined();
  });

  it("may be the same one, of which nothing is found twice", () => {
    expect(names(wider.view(wider).findServices("shop", "a"))).toEqual(["a"]);
  });
});

it("knows what it is said to know, which may change", () => {
  const needs = new Set<Need>(["services"]);
  const view = new Inventory(true, needs).view();
  expect(NEEDS.filter((need) => view.has(need))).toEqual(["services"]);
  needs.add("quotas");
  expect(view.has("quotas")).toBe(true);
});

it("inventoryOf takes all objects to be in the namespace that it is told", () => {
  const view = inventoryOf([service("a"), workload("Deployment", "d", { app: "a" })], "shop");
  expect(view.service("shop", "a")).toMatchObject({ name: "a" });
  expect(names(view.workloadsWith({ app: "a" }, "blog"))).toEqual([]);
  expect(view.isComplete).toBe(true);
});

describe("inventoryOf", () => {
  it.each([
    ["objects", [service("one"), service("two")]],
    ["the items of a List", [service("one"), { apiVersion: "v1", kind: "List", items: [service("two"), null] }]],
  ])("has %s", (_, objects) => {
    expect(names(inventoryOf(objects, "default").servicesIn("default"))).toEqual(["one", "two"]);
  });
});
