import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import type { Judgement } from "#src/engine/judge.ts";
import { profile } from "#src/service/cluster/cluster-profile.ts";
import { describe as describeFinding } from "#src/service/findings/describe.ts";
import type { FeatureGates } from "#src/service/versions/feature-gates.ts";
import { hasFeature, introducedIn } from "#src/service/versions/features.ts";
import {
  isKnown,
  type KubernetesVersion,
  nearestKnown,
  NEWEST_KNOWN,
  OLDEST_KNOWN,
  parseVersion,
  versionText,
} from "#src/service/versions/version.ts";
import { create, manifest, type Options, stored, update, writeStatus } from "#test/engine/ask.ts";

describe("a Kubernetes version", () => {
  it.each([
    { text: "1.36", minor: 36 },
    { text: "v1.36", minor: 36 },
    { text: "1.36.2", minor: 36 },
    { text: "v1.36.2-gke.100", minor: 36 },
    { text: "1.36+", minor: 36 },
    { text: "1.36-alpha", minor: 36 },
    { text: " 1.36 ", minor: 36 },
    { text: "1.9", minor: 9 },
    { text: "1.100", minor: 100 },
  ])("$text is read", ({ text, minor }) => {
    expect(parseVersion(text)).toEqual({ minor });
  });

  it.each(["", "1", "1.", "36", "2.0", "1.x", "11.36", "x1.36", "1.36x", "1.1000", "vv1.36", "1-36"])(
    "%j is none",
    (text) => {
      expect(parseVersion(text)).toBeUndefined();
    },
  );

  it("is written as users write it", () => {
    expect([versionText(OLDEST_KNOWN), versionText(NEWEST_KNOWN)]).toEqual(["1.27", "1.36"]);
  });

  it.each([
    ["dualStack", 20],
    ["allocateLoadBalancerNodePorts", 22],
    ["internalTrafficPolicy", 22],
    ["loadBalancerClass", 22],
    ["ipMode", 30],
    ["trafficDistribution", 31],
    ["preferSameTrafficDistribution", 34],
    ["relaxedServiceName", 36],
    ["strictAddresses", 36],
    ["externalIPsDeprecated", 36],
  ] as const)("has %s from 1.%d", (feature, minor) => {
    expect(introducedIn(feature)).toEqual({ minor });
    expect(hasFeature({ minor }, feature)).toBe(true);
    expect(hasFeature({ minor: minor - 1 }, feature)).toBe(false);
    expect(hasFeature({ minor: minor + 1 }, feature)).toBe(true);
  });
});

describe("a feature gate", () => {
  const version = (minor: number, featureGates: FeatureGates): KubernetesVersion => ({ minor, featureGates });

  it.each([
    { rule: "turns a feature off that is on", at: version(36, { StrictIPCIDRValidation: false }), want: false },
    { rule: "turns it on where it is off", at: version(33, { StrictIPCIDRValidation: true }), want: true },
    {
      rule: "that the version does not have says nothing",
      at: version(32, { StrictIPCIDRValidation: true }),
      want: false,
    },
    { rule: "of another feature says nothing", at: version(36, { RelaxedServiceNameValidation: false }), want: true },
  ])("$rule", ({ at, want }) => {
    expect(hasFeature(at, "strictAddresses")).toBe(want);
  });

  it("that is locked says nothing", () => {
    expect(hasFeature(version(33, { ServiceTrafficDistribution: false }), "trafficDistribution")).toBe(true);
  });

  it("can allow what a newer version refuses", () => {
    const gates = { AllowServiceLBStatusOnNonLB: true };
    expect([28, 29, 34, 35].map((minor) => hasFeature({ minor }, "statusOnlyLoadBalancer"))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect([29, 34, 35].map((minor) => hasFeature(version(minor, gates), "statusOnlyLoadBalancer"))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("a version that is not known", () => {
  it.each([
    [20, 27],
    [26, 27],
    [27, 27],
    [30, 30],
    [36, 36],
    [40, 36],
  ])("1.%d is judged by 1.%d", (minor, nearest) => {
    const gates = { StrictIPCIDRValidation: false };
    expect(nearestKnown({ minor, featureGates: gates })).toEqual({ minor: nearest, featureGates: gates });
    expect(isKnown({ minor })).toBe(minor === nearest);
  });
});

const OLD_CLUSTER_IP = stored();
const INGRESS = [{ ip: "203.0.113.9", ipMode: "VIP" }];
const headless = { clusterIP: "None", sessionAffinity: "ClientIP" };

/** What is answered from `from` on, and what before. The newer answers are those of servers that were recorded. */
const ANSWERS: readonly {
  rule: string;
  from: number;
  ask: (options: Options) => Judgement;
  before: unknown;
  since: unknown;
}[] = [
  {
    rule: "externalIPs have an external traffic policy",
    from: 29,
    ask: (options) => create(manifest({ externalIPs: ["203.0.113.9"], externalTrafficPolicy: "Local" }), options),
    before: { causes: ["external-policy-not-reachable"] },
    since: {},
  },
  {
    rule: "the externalName of another type has no effect",
    from: 28,
    ask: (options) => create(manifest({ externalName: "db.example.com" }), options),
    before: {},
    since: { warnings: ["ignored-field"] },
  },
  {
    rule: "only a load balancer has a status",
    from: 29,
    ask: (options) =>
      writeStatus(
        { ...OLD_CLUSTER_IP, status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } } },
        OLD_CLUSTER_IP,
        options,
      ),
    before: {},
    since: { causes: ["status-only-load-balancer"] },
  },
  {
    rule: "ipMode is a field",
    from: 29,
    ask: (options) => writeStatus(balancer(options, INGRESS), balancer(options), options),
    before: { warnings: ["unknown-field"] },
    since: {},
  },
  {
    rule: "trafficDistribution is a field",
    from: 30,
    ask: (options) => create(manifest({ trafficDistribution: "Near" }), options),
    before: { warnings: ["unknown-field"] },
    since: undefined,
  },
  {
    rule: "trafficDistribution is on",
    from: 31,
    ask: (options) => create(manifest({ trafficDistribution: "Near" }), options),
    before: undefined,
    since: { causes: ["unsupported-value"] },
  },
  {
    rule: "a bad source range is reported by itself",
    from: 30,
    ask: (options) => create(manifest({ type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0"] }), options),
    before: { causes: ["cidr-in-list-format"] },
    since: { causes: ["cidr-format"] },
  },
  {
    rule: "a load balancer IP that is no address is no longer warned about",
    from: 33,
    ask: (options) => create(manifest({ type: "LoadBalancer", loadBalancerIP: "bogus" }), options),
    before: { warnings: ["address-unreadable"] },
    since: {},
  },
  {
    rule: "the fields of a headless Service that have no effect",
    from: 34,
    ask: (options) => create(manifest(headless), options),
    before: {},
    since: { warnings: ["ignored-field"] },
  },
  {
    rule: "PreferClose is deprecated",
    from: 35,
    ask: (options) => create(manifest({ trafficDistribution: "PreferClose" }), options),
    before: undefined,
    since: { warnings: ["prefer-close-deprecated"] },
  },
  {
    rule: "an address anywhere in ranges that are not known",
    from: 33,
    ask: (options) => create(manifest({ clusterIP: "fd00::1:1" }), { ...options, cluster: profile("::/0") }),
    before: {},
    since: {},
  },
  {
    rule: "an address beyond the first 65,536 of an IPv6 range",
    from: 33,
    ask: (options) => create(manifest({ clusterIP: "fd00::1:1" }), { ...options, cluster: profile("fd00::/108") }),
    before: { causes: ["address-out-of-range"] },
    since: {},
  },
];

/** A stored load balancer of this version, with a status. */
function balancer({ version }: Options, ingress?: unknown): object {
  const service = stored({ type: "LoadBalancer" }, {}, version === undefined ? {} : { version });
  return { ...service, status: { loadBalancer: ingress === undefined ? {} : { ingress } } };
}

describe("the answer depends on the version", () => {
  const codes = ({ causes, warnings }: Judgement): object => ({
    ...(causes.length === 0 ? {} : { causes: causes.map(({ code }) => code) }),
    ...(warnings.length === 0 ? {} : { warnings: warnings.map(({ code }) => code) }),
  });

  it.each(ANSWERS)("$rule, from 1.$from on", ({ from, ask, before, since }) => {
    const at = (minor: number): object => codes(ask({ version: { minor } }));
    if (before !== undefined) expect(at(from - 1)).toEqual(before);
    if (since !== undefined) expect(at(from)).toEqual(since);
  });

  it("a field whose feature is off is dropped, unless it is stored already", () => {
    const version = { minor: 30 };
    const object = manifest({ trafficDistribution: "PreferClose" });
    const had = { ...OLD_CLUSTER_IP, spec: { ...OLD_CLUSTER_IP.spec, trafficDistribution: "PreferClose" } };
    expect(create(object, { version }).stored?.spec).not.toHaveProperty("trafficDistribution");
    expect(update(object, OLD_CLUSTER_IP, { version }).stored?.spec).not.toHaveProperty("trafficDistribution");
    expect(update(object, had, { version }).stored?.spec).toHaveProperty("trafficDistribution", "PreferClose");
  });

  it("the unknown field of a newer version says so", () => {
    const { warnings } = create(manifest({ trafficDistribution: "PreferClose" }), { version: { minor: 29 } });
    expect(warnings.map((warning) => describeFinding(warning).message)).toEqual([
      '"trafficDistribution" is not a field of spec: it came with Kubernetes 1.30',
    ]);
  });

  it("a stored address that newer versions would refuse may stay from 1.33 on", () => {
    const old = { ...OLD_CLUSTER_IP, spec: { ...OLD_CLUSTER_IP.spec, externalIPs: ["bogus"] } };
    const codesAt = (minor: number): object => codes(update(old, old, { version: { minor } }));
    expect([32, 33].map(codesAt)).toEqual([{ causes: ["ip-format"] }, {}]);
  });
});

describe("a default comes with the version that knows the field", () => {
  it.each<{ field: string; spec: JsonObject; from: number }>([
    { field: "internalTrafficPolicy", spec: {}, from: 22 },
    { field: "allocateLoadBalancerNodePorts", spec: { type: "LoadBalancer" }, from: 22 },
  ])("$field", ({ field, spec, from }) => {
    const has = (minor: number): boolean => {
      const { defaulted } = create(manifest(spec), { version: { minor } });
      return Object.hasOwn(defaulted?.spec ?? {}, field);
    };
    expect([has(from - 1), has(from)]).toEqual([false, true]);
  });
});
