import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import type { Service } from "#src/service/schema/types.ts";
import { create, manifest, saidOf, stored, update } from "#test/engine/ask.ts";

const ALIAS = { type: "ExternalName", externalName: "db.example.com" };
const LOCAL = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
const HEADLESS = { clusterIP: "None", selector: { app: "web" } };
const IP4 = "10.96.0.10";
const IP6 = "fd00:10:96::10";

const said = (code: string, field: string, reason: string, found: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `spec.${field}`,
  reason: `FieldValue${reason}`,
  ...(found === undefined ? {} : { found }),
  ...more,
});

/** The stored Service with other values in its spec; undefined takes one away. */
function changed(service: Service, spec: JsonObject): unknown {
  return { ...service, spec: { ...service.spec, ...spec } };
}

describe("an update of itself", () => {
  it.each<{ name: string; spec: JsonObject }>([
    { name: "a ClusterIP", spec: {} },
    { name: "a NodePort", spec: { type: "NodePort" } },
    { name: "a LoadBalancer", spec: { ...LOCAL, loadBalancerClass: "example.com/a" } },
    { name: "a headless Service", spec: HEADLESS },
    { name: "an ExternalName", spec: ALIAS },
    { name: "a dual-stack Service", spec: { ipFamilyPolicy: "PreferDualStack" } },
  ])("changes nothing: $name", ({ spec }) => {
    const old = stored(spec);
    const [sent, applied] = [update(old, old), update(manifest(spec), old)];
    expect(sent.stored).toEqual(old);
    expect(applied.stored).toEqual(old);
    expect([...sent.allocated, ...applied.allocated]).toEqual([]);
  });
});

describe("a change of the type wipes what the new one cannot have, where the client did not change it, too", () => {
  it.each<{ rule: string; old: JsonObject; spec: JsonObject; gone: readonly string[] }>([
    {
      rule: "addresses and families on the way to ExternalName",
      old: { ipFamilyPolicy: "PreferDualStack" },
      spec: ALIAS,
      gone: ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"],
    },
    {
      rule: "the external traffic policy on the way to ClusterIP",
      old: { type: "NodePort" },
      spec: { type: "ClusterIP" },
      gone: ["externalTrafficPolicy"],
    },
    {
      rule: "the health check port without Local",
      old: { ...LOCAL, healthCheckNodePort: 31500 },
      spec: { externalTrafficPolicy: "Cluster" },
      gone: ["healthCheckNodePort"],
    },
    {
      rule: "a load balancer's fields on the way to NodePort",
      old: {
        ...LOCAL,
        healthCheckNodePort: 31500,
        loadBalancerClass: "example.com/a",
        allocateLoadBalancerNodePorts: false,
      },
      spec: { type: "NodePort" },
      gone: ["healthCheckNodePort", "loadBalancerClass", "allocateLoadBalancerNodePorts"],
    },
    {
      rule: "the external traffic policy with the external IPs",
      old: { externalIPs: ["203.0.113.9"], externalTrafficPolicy: "Local" },
      spec: { externalIPs: [] },
      gone: ["externalIPs", "externalTrafficPolicy"],
    },
  ])("$rule", ({ old, spec, gone }) => {
    const before = stored(old);
    // Sent along as they are stored.
    const answer = update(changed(before, spec), before);
    expect(saidOf(answer.causes)).toEqual([]);
    const after = { ...answer.stored?.spec };
    expect(
      Object.keys(before.spec)
        .filter((field) => !Object.hasOwn(after, field))
        .sort(),
    ).toEqual([...gone].sort());
  });

  it("node ports, whether all of them are sent along or not", () => {
    const ports = [
      { port: 80, name: "a", nodePort: 30080 },
      { port: 81, name: "b", nodePort: 30081 },
    ];
    const old = stored({ type: "NodePort", ports });
    const sent = [ports[0], { port: 81, name: "b" }];
    for (const next of [changed(old, { type: "ClusterIP" }), manifest({ type: "ClusterIP", ports: sent })]) {
      const answer = update(next, old);
      expect(saidOf(answer.causes)).toEqual([]);
      expect(answer.stored?.spec.ports?.map((port) => port.nodePort)).toEqual([undefined, undefined]);
    }
  });

  it.each<{ rule: string; old: JsonObject; spec: JsonObject; want: JsonObject[] }>([
    {
      rule: "other addresses on the way to ExternalName are refused",
      old: {},
      spec: { ...ALIAS, clusterIP: "10.96.0.7", clusterIPs: ["10.96.0.7"] },
      want: [said("not-for-external-name", "clusterIPs", "Forbidden", ["10.96.0.7"])],
    },
    {
      rule: "other families",
      old: {},
      spec: { ...ALIAS, ipFamilies: ["IPv6"] },
      want: [said("not-for-external-name", "ipFamilies", "Forbidden", ["IPv6"])],
    },
    {
      rule: "another family policy",
      old: {},
      spec: { ...ALIAS, ipFamilyPolicy: "PreferDualStack" },
      want: [said("not-for-external-name", "ipFamilyPolicy", "Forbidden", "PreferDualStack")],
    },
    {
      rule: "another node port on the way to ClusterIP",
      old: { type: "NodePort" },
      spec: { type: "ClusterIP", ports: [{ port: 80, nodePort: 30081 }] },
      want: [said("node-port-cluster-ip", "ports[0].nodePort", "Forbidden", 30081)],
    },
    {
      rule: "a node port more",
      old: { type: "NodePort", ports: [{ port: 80, name: "a", nodePort: 30080 }] },
      spec: {
        type: "ClusterIP",
        ports: [
          { port: 80, name: "a", nodePort: 30080 },
          { port: 81, name: "b", nodePort: 30081 },
        ],
      },
      want: [
        said("node-port-cluster-ip", "ports[0].nodePort", "Forbidden", 30080),
        said("node-port-cluster-ip", "ports[1].nodePort", "Forbidden", 30081),
      ],
    },
    {
      rule: "another class",
      old: { type: "LoadBalancer", loadBalancerClass: "example.com/a" },
      spec: { type: "NodePort", loadBalancerClass: "example.com/b" },
      want: [said("only-load-balancer", "loadBalancerClass", "Forbidden", "example.com/b", { type: "NodePort" })],
    },
    {
      rule: "another answer to whether node ports are given",
      old: { type: "LoadBalancer" },
      spec: { type: "NodePort", allocateLoadBalancerNodePorts: false },
      want: [said("only-load-balancer", "allocateLoadBalancerNodePorts", "Forbidden", false, { type: "NodePort" })],
    },
    {
      rule: "another health check port",
      old: { ...LOCAL, healthCheckNodePort: 31500 },
      spec: { type: "NodePort", healthCheckNodePort: 31501 },
      want: [said("health-check-port-unused", "healthCheckNodePort", "Invalid", 31501, { type: "NodePort" })],
    },
    {
      rule: "another external traffic policy",
      old: { type: "NodePort", externalTrafficPolicy: "Local" },
      spec: { externalTrafficPolicy: "Cluster" },
      want: [
        said("external-policy-not-reachable", "externalTrafficPolicy", "Invalid", "Cluster", { type: "ClusterIP" }),
      ],
    },
    {
      rule: "the same one where nothing has changed",
      old: {},
      spec: { externalTrafficPolicy: "Cluster" },
      want: [
        said("external-policy-not-reachable", "externalTrafficPolicy", "Invalid", "Cluster", { type: "ClusterIP" }),
      ],
    },
  ])("$rule", ({ old, spec, want }) => {
    expect(saidOf(update(manifest(spec), stored(old)).causes)).toEqual(want);
  });
});

describe("an old object that was judged without a cluster", () => {
  it.each<{ name: string; spec: JsonObject }>([
    { name: "one", spec: {} },
    { name: "two", spec: { ipFamilyPolicy: "PreferDualStack" } },
  ])("may hold places for $name that the server has yet to pick", ({ spec }) => {
    const { stored: open } = create(manifest(spec));
    const answer = update(manifest(spec), open);
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.spec.clusterIPs).toEqual(open?.spec.clusterIPs);
  });
});

describe("the status of an update is that of the stored object", () => {
  const ingress = [{ ip: "203.0.113.9", ipMode: "VIP" }];
  const conditions = [{ type: "Ready", status: "True", lastTransitionTime: null, reason: "Done", message: "" }];

  it.each([
    { rule: "whatever the client says", type: "LoadBalancer", want: { loadBalancer: { ingress }, conditions } },
    { rule: "and loses the load balancer's with the type", type: "NodePort", want: { loadBalancer: {}, conditions } },
  ])("$rule", ({ type, want }) => {
    const old = { ...stored({ type: "LoadBalancer" }), status: { loadBalancer: { ingress }, conditions } };
    const next = { ...manifest({ type }), status: { loadBalancer: { ingress: [{ ip: "203.0.113.8" }] } } };
    const answer = update(next, old);
    expect(answer.stored?.status).toEqual(want);
  });
});

describe("what is fixed at creation stays", () => {
  const fixed = (field: string, found: unknown, other: string): JsonObject =>
    said("immutable", field, "Invalid", found, { other });
  const primary = (found: unknown, other: string): JsonObject => ({
    ...fixed("clusterIP", found, other),
    field: "spec.clusterIPs[0]",
  });
  const dual = { ipFamilyPolicy: "PreferDualStack" };

  it.each<{ rule: string; old: JsonObject; spec: JsonObject; want: JsonObject[] }>([
    { rule: "the cluster IP", old: {}, spec: { clusterIP: "10.96.0.7" }, want: [primary("10.96.0.7", IP4)] },
    {
      rule: "becoming headless",
      old: {},
      spec: { clusterIP: "None" },
      want: [primary("None", IP4)],
    },
    {
      rule: "being headless",
      old: HEADLESS,
      spec: { clusterIP: "10.96.0.7" },
      want: [primary("10.96.0.7", "None")],
    },
    {
      rule: "with it the family, where it is left open",
      old: {},
      spec: { clusterIP: "fd00:10:96::7" },
      want: [primary("fd00:10:96::7", IP4), fixed("ipFamilies[0]", "IPv6", "IPv4")],
    },
    {
      rule: "both of them; the server names the first family for either",
      old: dual,
      spec: { ...dual, clusterIP: "fd00:10:96::7", clusterIPs: ["fd00:10:96::7", "10.96.0.7"] },
      want: [
        fixed("clusterIPs[0]", "fd00:10:96::7", IP4),
        fixed("clusterIPs[1]", "10.96.0.7", IP6),
        fixed("ipFamilies[0]", "IPv6", "IPv4"),
        fixed("ipFamilies[0]", "IPv4", "IPv6"),
      ],
    },
    {
      rule: "the second cluster IP",
      old: dual,
      spec: { ...dual, clusterIP: IP4, clusterIPs: [IP4, "fd00:10:96::7"] },
      want: [fixed("clusterIPs[1]", "fd00:10:96::7", IP6)],
    },
    {
      rule: "the families; the server names the first",
      old: dual,
      spec: { ...dual, clusterIP: IP4, clusterIPs: [IP4, IP6], ipFamilies: ["IPv6", "IPv4"] },
      want: [
        {
          ...said("primary-family-immutable", "ipFamilies[0]", "Invalid", "IPv6", {
            other: `IPv4 (${IP4})`,
            want: "IPv4",
          }),
          field: "spec.clusterIPs[0]",
        },
        said("cluster-ip-family", "clusterIPs[1]", "Invalid", IP6, { allowed: ["IPv4"], other: "spec.ipFamilies[1]" }),
      ],
    },
    {
      rule: "but a headless Service may change its families",
      old: HEADLESS,
      spec: { ...HEADLESS, ipFamilies: ["IPv6"] },
      want: [],
    },
    {
      rule: "a load balancer's class",
      old: { type: "LoadBalancer", loadBalancerClass: "a" },
      spec: { type: "LoadBalancer", loadBalancerClass: "b" },
      want: [fixed("loadBalancerClass", "b", "a")],
    },
    {
      rule: "that it has one",
      old: { type: "LoadBalancer", loadBalancerClass: "a" },
      spec: { type: "LoadBalancer" },
      want: [fixed("loadBalancerClass", undefined, "a")],
    },
    {
      rule: "that it has none",
      old: { type: "LoadBalancer" },
      spec: { type: "LoadBalancer", loadBalancerClass: "b" },
      want: [said("immutable", "loadBalancerClass", "Invalid", "b", {})],
    },
    {
      rule: "but a class comes with the type",
      old: { type: "NodePort" },
      spec: { type: "LoadBalancer", loadBalancerClass: "b" },
      want: [],
    },
    {
      rule: "and goes with it",
      old: { type: "LoadBalancer", loadBalancerClass: "a" },
      spec: { type: "NodePort" },
      want: [],
    },
  ])("$rule", ({ old, spec, want }) => {
    expect(saidOf(update(manifest(spec), stored(old)).causes)).toEqual(want);
  });
});
