import { describe, expect, it } from "@jest/globals";
import { clusterStateOf, loadConfig } from "#src/serve/config/load.ts";

describe("the version that reviews are judged by", () => {
  it.each([
    { name: "the newest known", flags: {}, want: { minor: 36 } },
    { name: "one from before the known ones, as it is", flags: { "kubernetes-version": "1.20" }, want: { minor: 20 } },
    { name: "that of OpenShift", flags: { "openshift-version": "4.16" }, want: { minor: 29 } },
    {
      name: "both, if they are the same",
      flags: { "openshift-version": "v4.16.3", "kubernetes-version": "1.29" },
      want: { minor: 29 },
    },
    {
      name: "with feature gates",
      flags: { "feature-gate": ["StrictIPCIDRValidation=false", "RelaxedServiceNameValidation=false"] },
      want: {
        minor: 36,
        featureGates: { StrictIPCIDRValidation: false, RelaxedServiceNameValidation: false },
      },
    },
    {
      name: "with feature gates that only the version of the cluster can tell to be settable",
      flags: { "feature-gate": ["LoadBalancerIPMode=false"], discover: ["version"] },
      want: { minor: 36, featureGates: { LoadBalancerIPMode: false } },
    },
  ])("$name", ({ flags, want }) => {
    expect(clusterStateOf(loadConfig({ flags, environment: {} })).version).toEqual(want);
  });

  it("takes feature gates from the environment", () => {
    const environment = { FAIRLEAD_CLUSTER_FEATURE_GATES: "StrictIPCIDRValidation=false" };
    const { version } = clusterStateOf(loadConfig({ flags: {}, environment }));
    expect(version.featureGates).toEqual({ StrictIPCIDRValidation: false });
  });
});
