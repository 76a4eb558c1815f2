import { describe, expect, test } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { type ApplyMode, mergedObject } from "#src/service/merge/index.ts";

const service = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({ metadata, spec });
const ports = (...list: JsonObject[]): JsonObject => service({ ports: list });
const udp = { name: "udp", port: 53, protocol: "UDP" };
const tcp = { name: "tcp", port: 53, protocol: "TCP" };
const web = { name: "web", port: 80, protocol: "TCP" };
const other = { name: "other", port: 99, protocol: "TCP" };

interface Row {
  readonly rule: string;
  readonly mode: ApplyMode;
  /** What was applied before. */
  readonly applied?: JsonObject;
  readonly live: JsonObject;
  readonly manifest: JsonObject;
  readonly spec?: unknown;
  readonly metadata?: JsonObject;
}

const rows: readonly Row[] = [
  {
    rule: "replace takes the manifest as the whole object",
    mode: "replace",
    live: service({ loadBalancerClass: "e.io/x" }),
    manifest: service({ type: "LoadBalancer" }),
    spec: { type: "LoadBalancer" },
  },
  ...(["client", "server-side"] as const).flatMap((mode): Row[] => [
    {
      rule: "what somebody else has set stays",
      mode,
      applied: service({ type: "LoadBalancer" }),
      live: service({ type: "LoadBalancer", loadBalancerClass: "e.io/x" }),
      manifest: service({ type: "LoadBalancer" }),
      spec: { type: "LoadBalancer", loadBalancerClass: "e.io/x" },
    },
    {
      rule: "what was applied and is gone is removed",
      mode,
      applied: service({ type: "LoadBalancer", loadBalancerClass: "e.io/x" }),
      live: service({ type: "LoadBalancer", loadBalancerClass: "e.io/x" }),
      manifest: service({ type: "LoadBalancer" }),
      spec: { type: "LoadBalancer" },
    },
    {
      rule: "nothing is removed if nobody knows what was applied",
      mode,
      live: service({ type: "LoadBalancer", loadBalancerClass: "e.io/x" }),
      manifest: service({ type: "LoadBalancer" }),
      spec: { type: "LoadBalancer", loadBalancerClass: "e.io/x" },
    },
    {
      rule: "a list of addresses is replaced as a whole",
      mode,
      applied: service({ externalIPs: ["192.0.2.1"] }),
      live: service({ externalIPs: ["192.0.2.1", "192.0.2.9"] }),
      manifest: service({ externalIPs: ["192.0.2.2"] }),
      spec: { externalIPs: ["192.0.2.2"] },
    },
    {
      rule: "the finalizers of others stay",
      mode,
      applied: service({}, { finalizers: ["e.io/a", "e.io/b"] }),
      live: service({}, { finalizers: ["e.io/a", "e.io/b", "e.io/z"] }),
      manifest: service({}, { finalizers: ["e.io/b"] }),
      metadata: { finalizers: ["e.io/b", "e.io/z"], ...(mode === "client" && { annotations: {} }) },
    },
    {
      rule: "the labels of others stay",
      mode,
      applied: service({}, { labels: { a: "1", b: "1" } }),
      live: service({}, { labels: { a: "1", b: "1", z: "1" } }),
      manifest: service({}, { labels: { b: "2" } }),
      metadata: { labels: { b: "2", z: "1" }, ...(mode === "client" && { annotations: {} }) },
    },
    {
      rule: "the node port that the server has allocated stays with its port",
      mode,
      applied: ports(web),
      live: ports({ ...web, nodePort: 30_001 }),
      manifest: ports({ ...web, name: "http" }),
      spec: { ports: [{ ...web, name: "http", nodePort: 30_001 }] },
    },
    {
      rule: "the port that somebody else has added stays",
      mode,
      applied: ports(web),
      live: ports(web, other),
      manifest: ports({ ...web, targetPort: 8080 }),
      spec: { ports: [{ ...web, targetPort: 8080 }, other] },
    },
  ]),
  {
    rule: "of two ports with one number, a deletion takes both",
    mode: "client",
    applied: ports(udp, tcp, web),
    live: ports(udp, tcp, web),
    manifest: ports(udp, { ...tcp, port: 54 }, web),
    spec: { ports: [{ ...tcp, port: 54 }, web] },
  },
  {
    rule: "a deletion from a list that is not there leaves nothing behind",
    mode: "client",
    applied: ports(other),
    live: service({}),
    manifest: ports(web),
    spec: { ports: [web] },
  },
  {
    rule: "ports with one number are two for a server-side apply",
    mode: "server-side",
    applied: ports(udp, tcp, web),
    live: ports(udp, tcp, web),
    manifest: ports(udp, { ...tcp, port: 54 }, web),
    spec: { ports: [udp, { ...tcp, port: 54 }, web] },
  },
  {
    rule: "a second port with the number of a stored one is merged into it",
    mode: "client",
    applied: ports(udp),
    live: ports(udp),
    manifest: ports(udp, tcp),
    spec: { ports: [udp] },
  },
  {
    rule: "a selector is merged by its keys",
    mode: "client",
    applied: service({ selector: { app: "a" } }),
    live: service({ selector: { app: "a", tier: "b" } }),
    manifest: service({ selector: { app: "c" } }),
    spec: { selector: { app: "c", tier: "b" } },
  },
  {
    rule: "a selector is replaced as a whole by a server-side apply",
    mode: "server-side",
    applied: service({ selector: { app: "a" } }),
    live: service({ selector: { app: "a", tier: "b" } }),
    manifest: service({ selector: { app: "c" } }),
    spec: { selector: { app: "c" } },
  },
  {
    rule: "the labels of others go with the last one that was applied",
    mode: "client",
    applied: service({}, { labels: { a: "1" } }),
    live: service({}, { labels: { a: "1", z: "1" } }),
    manifest: service({}),
    metadata: { annotations: {} },
  },
  {
    rule: "the labels of others stay when the last one that was applied goes",
    mode: "server-side",
    applied: service({}, { labels: { a: "1" } }),
    live: service({}, { labels: { a: "1", z: "1" } }),
    manifest: service({}),
    metadata: { labels: { z: "1" } },
  },
  {
    rule: "a null deletes",
    mode: "client",
    live: service({ loadBalancerClass: "e.io/x", type: "LoadBalancer" }),
    manifest: service({ loadBalancerClass: null }),
    spec: { type: "LoadBalancer" },
  },
  {
    rule: "a manifest without annotations leaves those of others",
    mode: "client",
    applied: service({}, { annotations: { a: "1" } }),
    live: service({}, { annotations: { a: "1", z: "1" } }),
    manifest: service({}),
    metadata: { annotations: { z: "1" } },
  },
];

describe("the merged object", () => {
  test.each(rows)("$mode: $rule", ({ mode, applied, live, manifest, spec, metadata }) => {
    const { object, refusal } = mergedObject(mode, applied, live, manifest);
    expect(refusal).toBeUndefined();
    if (spec !== undefined) expect(object["spec"]).toEqual(spec);
    if (metadata !== undefined) expect(object["metadata"]).toEqual(metadata);
  });
});

describe("a server-side apply of an object with managed fields", () => {
  const by = (manager: string, operation: string, fields: JsonObject): JsonObject => ({
    manager,
    operation,
    fieldsType: "FieldsV1",
    fieldsV1: { "f:spec": fields },
  });
  const live = (spec: JsonObject, ...managedFields: JsonObject[]): JsonObject => service(spec, { managedFields });

  test("what another manager owns, too, stays", () => {
    const stored = live(
      { type: "NodePort", externalIPs: ["192.0.2.1"] },
      by("kubectl", "Apply", { "f:type": {}, "f:externalIPs": {} }),
      by("controller", "Update", { "f:externalIPs": {} }),
    );
    const { object } = mergedObject("server-side", undefined, stored, service({}));
    expect(object["spec"]).toEqual({ externalIPs: ["192.0.2.1"] });
  });

  test.each([
    { value: "ClientIP", conflicts: undefined },
    {
      value: "None",
      conflicts: [{ manager: "controller", keys: ["spec", "sessionAffinity"], field: ".spec.sessionAffinity" }],
    },
  ])("sessionAffinity that another manager has set to ClientIP, applied as $value", ({ value, conflicts }) => {
    const stored = live({ sessionAffinity: "ClientIP" }, by("controller", "Update", { "f:sessionAffinity": {} }));
    const { refusal } = mergedObject("server-side", undefined, stored, service({ sessionAffinity: value }));
    expect(refusal).toEqual(conflicts && { reason: "conflict", conflicts });
  });

  test("a conflict in a port is named as the API server names it", () => {
    const step = 'k:{"port":80,"protocol":"TCP"}';
    const stored = live(
      { ports: [{ ...web, targetPort: 80 }] },
      by("controller", "Update", { "f:ports": { [step]: { ".": {}, "f:targetPort": {} } } }),
    );
    const { refusal } = mergedObject("server-side", undefined, stored, ports(udp, { port: 80, targetPort: 81 }));
    const field = '.spec.ports[port=80,protocol="TCP"].targetPort';
    const conflict = { manager: "controller", keys: ["spec", "ports", 1, "targetPort"], field };
    expect(refusal).toEqual({ reason: "conflict", conflicts: [conflict] });
  });
});

describe("ports of one number that are not next to each other", () => {
  test("kubectl refuses its own patch if it changes them and the one between", () => {
    const manifest = ports({ ...udp, name: "a" }, { ...web, name: "b" }, { ...tcp, name: "c" });
    const { refusal } = mergedObject("client", ports(udp, tcp, web), ports(udp, tcp, web), manifest);
    expect(refusal).toEqual({ reason: "port-order", number: 53, keys: ["spec", "ports", 2] });
  });
});
