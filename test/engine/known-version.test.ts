import { describe, expect, it } from "@jest/globals";
import { type FeatureGates, judge, NO_POLICIES, PROFILES } from "#src/index.ts";
import { manifest } from "./ask.ts";

const codes = (minor: number, spec: Parameters<typeof manifest>[0], featureGates?: FeatureGates) => {
  const { causes, admitted } = judge({
    operation: "create",
    object: manifest(spec, { name: "1web" }),
    dryRun: false,
    fieldValidation: "Strict",
    cluster: PROFILES.dual,
    version: { minor, ...(featureGates && { featureGates }) },
    ipFamilyPolicy: "server",
    policies: NO_POLICIES,
    facts: { namespace: "default", today: "2027-01-31" },
  });
  return { causes: causes.map(({ code }) => code), policy: admitted?.spec.internalTrafficPolicy };
};

describe("the library judges by the nearest known version", () => {
  it.each([
    { minor: 20, causes: ["name-format"] },
    { minor: 35, causes: ["name-format"] },
    { minor: 36, causes: ["ip-leading-zeros"] },
    { minor: 99, causes: ["ip-leading-zeros"] },
  ])("1.$minor", ({ minor, causes }) => {
    expect(codes(minor, { externalIPs: ["010.1.2.3"] })).toEqual({ causes, policy: "Cluster" });
  });

  it("with the feature gates", () => {
    const gates = { StrictIPCIDRValidation: false } as const satisfies FeatureGates;
    expect(codes(36, { externalIPs: ["010.1.2.3"] }, gates).causes).toEqual([]);
    // This gate is locked there.
    expect(codes(36, {}, { LoadBalancerIPMode: false }).causes).toEqual([]);
  });
});
