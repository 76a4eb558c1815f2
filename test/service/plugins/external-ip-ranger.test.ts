import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { type ClusterProfile, type ExternalIPPolicy, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { PLATFORMS } from "#src/service/cluster/platforms.ts";
import { create, manifest, saidOf, stored, update, writeStatus } from "#test/engine/ask.ts";

const REFUSED = { allowed: false, code: 403 };
const AT = "spec.externalIPs";

const clusterWith = (externalIPPolicy: ExternalIPPolicy): ClusterProfile => ({ ...PROFILES.dual, externalIPPolicy });

interface Row {
  readonly name: string;
  readonly policy: ExternalIPPolicy;
  readonly externalIPs: readonly string[];
  /** The addresses that are refused by their positions, or the whole list; undefined if it is allowed. */
  readonly want: readonly string[];
}

// The cases of the plugin's own test, and what its code says beyond them.
const ROWS: readonly Row[] = [
  { name: "none set, none allowed", policy: {}, externalIPs: [], want: [] },
  { name: "none allowed", policy: {}, externalIPs: ["1.2.3.4"], want: [AT] },
  { name: "out of range", policy: { allowedCIDRs: ["172.0.0.0/16"] }, externalIPs: ["1.2.3.4"], want: [`${AT}[0]`] },
  { name: "in range", policy: { allowedCIDRs: ["172.0.0.0/16"] }, externalIPs: ["172.0.0.1"], want: [] },
  { name: "not in what is rejected", policy: { rejectedCIDRs: ["172.0.0.0/16"] }, externalIPs: ["1.2.3.4"], want: [] },
  {
    name: "allowed, but rejected",
    policy: { allowedCIDRs: ["172.0.0.0/16"], rejectedCIDRs: ["172.0.1.0/24"] },
    externalIPs: ["172.0.2.1", "172.0.1.1"],
    want: [`${AT}[1]`],
  },
  {
    name: "neither",
    policy: { allowedCIDRs: ["172.0.0.0/16"], rejectedCIDRs: ["172.200.0.0/24"] },
    externalIPs: ["172.199.1.1"],
    want: [`${AT}[0]`],
  },
  {
    name: "everything rejected",
    policy: { allowedCIDRs: ["0.0.0.0/0"], rejectedCIDRs: ["0.0.0.0/0"] },
    externalIPs: ["1.2.3.4"],
    want: [`${AT}[0]`],
  },
  {
    name: "the other family",
    policy: { allowedCIDRs: ["0.0.0.0/0"] },
    externalIPs: ["2001:db8::1"],
    want: [`${AT}[0]`],
  },
  { name: "host bits", policy: { allowedCIDRs: ["10.1.2.3/8"] }, externalIPs: ["10.9.9.9"], want: [] },
];

describe("OpenShift's policy of external IPs", () => {
  it.each(ROWS)("on create: $name", ({ policy, externalIPs, want }) => {
    const answer = create(manifest({ externalIPs }), { cluster: clusterWith(policy) });
    expect(answer.decision).toEqual(want.length === 0 ? { allowed: true } : REFUSED);
    expect(answer.causes.map(({ path }) => path.toString())).toEqual(want);
    expect(answer.stored === undefined).toBe(want.length > 0);
  });

  it("is off where the profile has none", () => {
    expect(create(manifest({ externalIPs: ["1.2.3.4"] })).decision).toEqual({ allowed: true });
  });

  it("is that of a cluster without one in the profile openshift: users may set none", () => {
    const { decision, causes } = create(manifest({ externalIPs: ["1.2.3.4"] }), {
      cluster: PLATFORMS.openshift.profile,
    });
    expect(decision).toEqual(REFUSED);
    expect(saidOf(causes)).toEqual([
      { code: "external-ips-disabled", path: AT, reason: "FieldValueForbidden", found: ["1.2.3.4"] },
    ]);
  });

  it("comes after validation, which answers first; a check lists both", () => {
    const spec = { externalIPs: ["1.2.3.4", "127.0.0.1"], type: "Web" };
    const cluster = clusterWith({ allowedCIDRs: ["172.0.0.0/16"] });
    const codes = (allStages: boolean): readonly string[] => {
      const { decision, causes } = create(manifest(spec), { cluster, allStages });
      expect(decision).toEqual({ allowed: false, code: 422 });
      return causes.map(({ code }) => code);
    };
    expect(codes(false)).not.toContain("external-ip-not-allowed");
    expect(codes(true).filter((code) => code === "external-ip-not-allowed")).toHaveLength(1);
  });

  it("does not take back the warnings, which come with validation", () => {
    const { warnings } = create(manifest({ externalIPs: ["1.2.3.4"] }), { cluster: clusterWith({}) });
    expect(warnings.map(({ code }) => code)).toEqual(["external-ips-deprecated"]);
  });
});

describe("a stored Service", () => {
  const INGRESS = [{ ip: "1.2.3.4", ipMode: "VIP" }];
  const kept = (type: string, externalIPs: readonly string[]): { old: JsonObject; object: JsonObject } => {
    const object = { ...stored({ type, externalIPs }) };
    return { object, old: { ...object, status: { loadBalancer: { ingress: INGRESS } } } };
  };
  const AUTO = { autoAssignCIDRs: ["1.2.3.0/24"] };

  it.each([
    { name: "its addresses, unchanged", policy: {}, type: "ClusterIP", ips: ["9.9.9.9"], allowed: false },
    { name: "the one that the cluster assigned", policy: AUTO, type: "LoadBalancer", ips: ["1.2.3.4"], allowed: true },
    {
      name: "that one, if the cluster assigns none",
      policy: {},
      type: "LoadBalancer",
      ips: ["1.2.3.4"],
      allowed: false,
    },
    { name: "that one on another type", policy: AUTO, type: "NodePort", ips: ["1.2.3.4"], allowed: false },
    {
      name: "that one beside one that is not allowed",
      policy: AUTO,
      type: "LoadBalancer",
      ips: ["1.2.3.4", "9.9.9.9"],
      allowed: false,
    },
    {
      name: "that one beside one that is",
      policy: { ...AUTO, allowedCIDRs: ["172.0.0.0/16"] },
      type: "LoadBalancer",
      ips: ["1.2.3.4", "172.0.0.1"],
      allowed: true,
    },
    {
      name: "that one, even if it is rejected",
      policy: { ...AUTO, rejectedCIDRs: ["1.0.0.0/8"] },
      type: "LoadBalancer",
      ips: ["1.2.3.4"],
      allowed: true,
    },
  ])("may keep $name: $allowed", ({ policy, type, ips, allowed }) => {
    const { object, old } = kept(type, ips);
    const { decision } = update(object, old, { cluster: clusterWith(policy) });
    expect(decision).toEqual(allowed ? { allowed: true } : REFUSED);
  });

  it("is refused a write of its status, too: the plugin looks at every write", () => {
    const { object, old } = kept("LoadBalancer", ["9.9.9.9"]);
    expect(
      writeStatus({ ...object, status: { loadBalancer: {} } }, old, { cluster: clusterWith({}) }).decision,
    ).toEqual(REFUSED);
  });
});
