import { describe, expect, it } from "@jest/globals";
import { loadBalancerClaims, mayShareClaim } from "#src/inventory/claims/load-balancers.ts";
import { areRelated, SELECTOR_RELATIONS } from "#src/inventory/claims/selectors.ts";
import { serviceEntry } from "#src/inventory/extract/service-entry.ts";
import type { Labels } from "#src/inventory/model/entries.ts";

interface Side {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly namespace?: string;
}

function entry(name: string, port: number, { annotations = {}, spec = {}, namespace = "team-a" }: Side) {
  const selector = { app: name };
  return serviceEntry(
    {
      metadata: { name, namespace, annotations },
      spec: { type: "LoadBalancer", selector, ports: [{ port }], ...spec },
    },
    namespace,
  );
}

/** Whether both may have the first thing that the first one claims. */
function mayShare(one: Side, other: Side, ports: readonly [number, number]): boolean {
  const [first, second] = [entry("one", ports[0], one), entry("other", ports[1], other)];
  const [claim] = loadBalancerClaims(first);
  if (claim === undefined) throw new Error("nothing is claimed");
  return mayShareClaim(claim, first, second) && mayShareClaim(claim, second, first);
}

const IP = "192.0.2.1";
const FIELD: Side = { spec: { loadBalancerIP: IP } };
const LOCAL = { externalTrafficPolicy: "Local" };
const SAME_PODS = { ...LOCAL, selector: { app: "shop" } };

const metallb = (key: string | undefined, spec = {}): Side => ({
  annotations: { "metallb.io/loadBalancerIPs": IP, ...(key !== undefined && { "metallb.io/allow-shared-ip": key }) },
  spec,
});
interface CiliumSide extends Pick<Side, "spec" | "namespace"> {
  readonly namespaces?: string;
  readonly pods?: string;
}

const cilium = (key: string, { namespaces, namespace, pods, spec = {} }: CiliumSide = {}): Side => ({
  annotations: {
    "lbipam.cilium.io/ips": IP,
    "lbipam.cilium.io/sharing-key": key,
    ...(namespaces !== undefined && { "lbipam.cilium.io/sharing-cross-namespace": namespaces }),
    ...(pods !== undefined && { "lbipam.cilium.io/sharing-permit-different-pods": pods }),
  },
  ...(namespace !== undefined && { namespace }),
  spec,
});
const by = (annotation: string, value: string, spec = {}): Side => ({ annotations: { [annotation]: value }, spec });
const EIPS = "service.beta.kubernetes.io/aws-load-balancer-eip-allocations";
const OCTAVIA = "loadbalancer.openstack.org/load-balancer-id";

describe("two load balancers may share what they ask for", () => {
  it.each<{ readonly name: string; readonly one: Side; readonly other: Side; readonly isFree: boolean }>([
    { name: "nobody knows who serves them", one: FIELD, other: FIELD, isFree: true },
    { name: "MetalLB: no key", one: metallb(undefined), other: metallb(undefined), isFree: false },
    { name: "MetalLB: the field of the other", one: metallb(undefined), other: FIELD, isFree: false },
    { name: "MetalLB: an empty key", one: metallb(""), other: metallb(""), isFree: false },
    { name: "MetalLB: one key", one: metallb("a"), other: metallb("a"), isFree: true },
    { name: "MetalLB: two keys", one: metallb("a"), other: metallb("b"), isFree: false },
    { name: "MetalLB: a key on one", one: metallb("a"), other: metallb(undefined), isFree: false },
    { name: "MetalLB: Local, other Pods", one: metallb("a", LOCAL), other: metallb("a", LOCAL), isFree: false },
    {
      name: "MetalLB: Local, the same Pods",
      one: metallb("a", SAME_PODS),
      other: metallb("a", SAME_PODS),
      isFree: true,
    },
    { name: "MetalLB: one is Local", one: metallb("a", SAME_PODS), other: metallb("a"), isFree: false },
    {
      name: "MetalLB: the older key",
      one: metallb("a"),
      other: by("metallb.universe.tf/allow-shared-ip", "a"),
      isFree: true,
    },
    { name: "Cilium: one key", one: cilium("a"), other: cilium("a"), isFree: true },
    { name: "Cilium: two keys", one: cilium("a"), other: cilium("b"), isFree: false },
    { name: "Cilium: two namespaces", one: cilium("a"), other: cilium("a", { namespace: "team-b" }), isFree: false },
    {
      name: "Cilium: namespaces that admit each other",
      one: cilium("a", { namespaces: "team-b,team-c" }),
      other: cilium("a", { namespace: "team-b", namespaces: "*" }),
      isFree: true,
    },
    {
      name: "Cilium: one namespace admits the other",
      one: cilium("a", { namespaces: "team-b" }),
      other: cilium("a", { namespace: "team-b" }),
      isFree: false,
    },
    { name: "Cilium: one is Local", one: cilium("a", { spec: LOCAL }), other: cilium("a"), isFree: false },
    {
      name: "Cilium: Local, other Pods",
      one: cilium("a", { spec: LOCAL }),
      other: cilium("a", { spec: LOCAL }),
      isFree: false,
    },
    {
      name: "Cilium: Local, other Pods, and both permit it",
      one: cilium("a", { spec: LOCAL, pods: "true" }),
      other: cilium("a", { spec: LOCAL, pods: "true" }),
      isFree: true,
    },
    {
      name: "annotations of two implementations, of which one allows it",
      one: { annotations: { ...metallb(undefined).annotations, "kube-vip.io/loadbalancerIPs": IP } },
      other: metallb(undefined),
      isFree: true,
    },
    { name: "kube-vip", one: by("kube-vip.io/loadbalancerIPs", IP), other: FIELD, isFree: true },
    { name: "OpenStack: one load balancer", one: by(OCTAVIA, "x"), other: by(OCTAVIA, "x"), isFree: true },
    { name: "AWS: an Elastic IP", one: by(EIPS, "eipalloc-1"), other: by(EIPS, "eipalloc-1"), isFree: false },
  ])("$name: $isFree", ({ one, other, isFree }) => {
    expect(mayShare(one, other, [80, 443])).toBe(isFree);
    // With a port in common, nobody may.
    expect(mayShare(one, other, [80, 80])).toBe(false);
  });

  it("those of different classes are not compared", () => {
    const other = { spec: { loadBalancerIP: IP, loadBalancerClass: "example.com/a" } };
    expect(mayShare(FIELD, other, [80, 80])).toBe(true);
    expect(mayShare(other, other, [80, 80])).toBe(false);
  });
});

describe("selectors are related", () => {
  it.each<{ readonly one: Labels; readonly other: Labels; readonly want: readonly string[] }>([
    { one: { a: "1" }, other: { a: "1" }, want: ["equal", "covered", "overlapping"] },
    { one: { a: "1", b: "2" }, other: { b: "2", a: "1" }, want: ["equal", "covered", "overlapping"] },
    { one: { a: "1", b: "2" }, other: { a: "1" }, want: ["covered", "overlapping"] },
    { one: { a: "1" }, other: { a: "1", b: "2" }, want: ["overlapping"] },
    { one: { a: "1", b: "2" }, other: { a: "1", c: "3" }, want: ["overlapping"] },
    { one: { a: "1", b: "2" }, other: { a: "1", b: "3" }, want: [] },
    { one: { a: "1" }, other: { b: "2" }, want: [] },
    { one: { a: "1" }, other: { constructor: "1" }, want: [] },
  ])("$one and $other: $want", ({ one, other, want }) => {
    expect(SELECTOR_RELATIONS.filter((relation) => areRelated(relation, one, other))).toEqual(want);
  });
});
