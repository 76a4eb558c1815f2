import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { hasFeature, introducedIn } from "#src/service/versions/features.ts";
import { NEWEST_KNOWN, OLDEST_KNOWN, parseVersion, versionText } from "#src/service/versions/version.ts";
import { create, manifest } from "#test/engine/ask.ts";

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
