import { describe, expect, it } from "@jest/globals";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { manifest, saidOf, stored, update } from "#test/engine/ask.ts";

describe("node ports are carried over where both sides are given some", () => {
  const spec = { type: "LoadBalancer", ports: [{ name: "web", port: 80 }] };
  const asked = { ...spec, ports: [{ name: "web", port: 80, nodePort: 30080 }] };
  const unasked = { allocateLoadBalancerNodePorts: false };

  it.each([
    { name: "given before and after", before: asked, after: spec, want: 30080, allocated: [] },
    {
      name: "asked for, but not given before",
      before: { ...asked, ...unasked },
      after: spec,
      want: 0,
      allocated: ["/spec/ports/0/nodePort"],
    },
    { name: "not to be given any more", before: asked, after: { ...spec, ...unasked }, want: undefined, allocated: [] },
  ])("$name", ({ before, after, want, allocated }) => {
    const answer = update(manifest(after), stored(before));
    expect(answer.stored?.spec.ports?.[0]?.nodePort).toBe(want);
    expect(answer.allocated).toEqual(allocated);
  });
});

describe("on the way to ExternalName", () => {
  const alias = { type: "ExternalName", externalName: "db.example.com", ports: undefined };

  it.each([
    { name: "unchanged addresses are wiped", spec: { clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"] }, want: {} },
    { name: "an unchanged clusterIP alone is wiped", spec: { clusterIP: "10.96.0.10" }, want: {} },
    {
      name: "another clusterIP alone stays, without effect, and whoever reads it gets the list, too",
      spec: { clusterIP: "10.9.9.9" },
      want: { clusterIP: "10.9.9.9", clusterIPs: ["10.9.9.9"] },
    },
  ])("$name", ({ spec, want }) => {
    const answer = update(manifest({ ...alias, ...spec }), stored({ clusterIP: "10.96.0.10" }));
    expect(saidOf(answer.causes)).toEqual([]);
    const { clusterIP, clusterIPs } = answer.stored?.spec ?? {};
    expect({
      ...(clusterIP === undefined ? {} : { clusterIP }),
      ...(clusterIPs === undefined ? {} : { clusterIPs }),
    }).toEqual(want);
  });

  it("another list of addresses is refused", () => {
    const answer = update(manifest({ ...alias, clusterIP: "10.9.9.9", clusterIPs: ["10.9.9.9"] }), stored());
    expect(saidOf(answer.causes).map(({ code, path }) => ({ code, path }))).toEqual([
      { code: "not-for-external-name", path: "spec.clusterIPs" },
    ]);
  });
});

describe("families of an update", () => {
  const two = { clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10", "fd00:10:96::10"], ipFamilies: ["IPv4", "IPv6"] };
  const causesOf = (spec: object, old: object): string[] =>
    saidOf(update(manifest({ ...spec }), stored({ ...old })).causes).map(
      ({ code, path }) => `${String(code)} ${String(path)}`,
    );

  it("addresses are held against both families, also where SingleStack is about to drop the second", () => {
    const spec = { ...two, clusterIPs: ["10.96.0.10", "10.96.0.11"], ipFamilyPolicy: "SingleStack" };
    expect(causesOf(spec, { ...two, ipFamilyPolicy: "PreferDualStack" })).toEqual([
      "cluster-ips-one-family spec.clusterIPs",
      "cluster-ip-family spec.clusterIPs[1]",
    ]);
  });

  it("two addresses without the second family go with SingleStack", () => {
    const answer = update(
      manifest({ ...two, ipFamilyPolicy: "SingleStack" }),
      stored({ ...two, ipFamilyPolicy: "PreferDualStack" }),
    );
    expect(answer.stored?.spec.clusterIPs).toEqual(["10.96.0.10"]);
    expect(answer.stored?.spec.ipFamilies).toEqual(["IPv4"]);
  });

  it("every silent loss is named", () => {
    const spec = {
      clusterIP: "10.96.0.10",
      clusterIPs: ["10.96.0.10"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "PreferDualStack",
    };
    expect(causesOf(spec, { ...two, ipFamilyPolicy: "PreferDualStack" })).toEqual([
      "downgrade-without-single-stack spec.ipFamilyPolicy",
      "downgrade-without-single-stack spec.ipFamilyPolicy",
    ]);
  });

  const grown = { cluster: PROFILES.dual };
  it.each([
    { name: "stays single on a cluster that has grown a family", type: "ClusterIP", want: ["IPv4"] },
    { name: "takes part in it when its type changes", type: "NodePort", want: ["IPv4", "IPv6"] },
  ])("PreferDualStack $name", ({ type, want }) => {
    const single = stored({ ipFamilyPolicy: "PreferDualStack" }, {}, { cluster: PROFILES.ipv4 });
    const { ipFamilies, clusterIP, clusterIPs } = single.spec;
    const spec = { type, ipFamilyPolicy: "PreferDualStack", ipFamilies, clusterIP, clusterIPs };
    expect(update(manifest({ ...spec }), single, grown).stored?.spec.ipFamilies).toEqual(want);
  });

  it("the server fails where a Service becomes headless with a family that the cluster lacks", () => {
    const spec = { clusterIP: "None", ipFamilyPolicy: "PreferDualStack" };
    const old = stored({ selector: { app: "web" } }, {}, { cluster: PROFILES.ipv4 });
    expect(update(manifest(spec), old, { cluster: PROFILES.ipv4 }).decision).toEqual({ allowed: false, code: 500 });
    expect(update(manifest({ ...spec, selector: { app: "web" } }), old, { cluster: PROFILES.ipv4 }).decision).toEqual({
      allowed: false,
      code: 422,
    });
  });
});

describe("the annotation of source ranges is looked at where it changed", () => {
  const KEY = "service.beta.kubernetes.io/load-balancer-source-ranges";
  const annotated = (ranges: string): object => ({ annotations: { [KEY]: ranges } });

  it.each([
    { name: "unchanged, however bad", before: "10.0.0/8", after: "10.0.0/8", want: [] },
    { name: "changed for the good", before: "10.0.0/8", after: "10.0.0.0/8", want: [] },
    {
      name: "a bad range that was there before",
      before: "10.0.0.1/8",
      after: "10.0.0.1/8,10.2.0.0/16",
      want: ["cidr-host-bits"],
    },
  ])("$name", ({ before, after, want }) => {
    const spec = { type: "LoadBalancer" };
    const old = { ...stored(spec) };
    const answer = update(manifest(spec, { ...annotated(after) }), {
      ...old,
      metadata: { ...old.metadata, ...annotated(before) },
    });
    expect(answer.causes.map(({ code }) => code)).toEqual(want);
  });
});

it("a range that is stored may stay, however bad", () => {
  const spec = { type: "LoadBalancer", loadBalancerSourceRanges: [" 10.0.0/8"] };
  const old = stored({ type: "LoadBalancer" });
  const answer = update(manifest(spec), { ...old, spec: { ...old.spec, loadBalancerSourceRanges: ["10.0.0/8 "] } });
  expect(answer.decision).toEqual({ allowed: true });
});
