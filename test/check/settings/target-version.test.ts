import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Checkout } from "../checkout.ts";

/** Refused from 1.36 on where it starts with a digit before; an address with a zero in front is refused from 1.36 on. */
const DIGIT = "apiVersion: v1\nkind: Service\nmetadata: { name: 1web }\nspec: { ports: [{ port: 80 }] }\n";
const PADDED =
  "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { externalIPs: [010.1.2.3], ports: [{ port: 80 }] }\n";

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
  checkout.write("digit.yaml", DIGIT);
  checkout.write("padded.yaml", PADDED);
});
afterEach(() => {
  checkout.remove();
});

const GATES =
  "AllowServiceLBStatusOnNonLB, LoadBalancerIPMode, MultiCIDRServiceAllocator, PreferSameTrafficDistribution, " +
  "RelaxedServiceNameValidation, ServiceTrafficDistribution, StrictIPCIDRValidation";

describe("a version that is judged by", () => {
  it.each([
    { args: [], refused: ["ip-leading-zeros"] },
    { args: ["--kubernetes-version", "1.35"], refused: ["name-format"] },
    { args: ["--openshift-version", "4.22"], refused: ["name-format"] },
    { args: ["--openshift-version", "v4.16.3"], refused: ["name-format"] },
    { args: ["--openshift-version", "4.16", "--kubernetes-version", "1.29"], refused: ["name-format"] },
    {
      args: ["--feature-gate", "StrictIPCIDRValidation=false", "--feature-gate", "RelaxedServiceNameValidation=false"],
      refused: ["name-format"],
    },
    { args: ["--feature-gate", "StrictIPCIDRValidation=F,RelaxedServiceNameValidation=0"], refused: ["name-format"] },
    { args: ["--feature-gate", "StrictIPCIDRValidation=false"], refused: [] },
    {
      args: ["--kubernetes-version", "1.34", "--feature-gate", "StrictIPCIDRValidation=true"],
      refused: ["name-format", "ip-leading-zeros"],
    },
  ])("$args", async ({ args, refused }) => {
    const { stdout, stderr } = await checkout.check(...args, "--format", "json", ".");
    expect(stderr).toBe("");
    const rules = [...stdout.matchAll(/"rule":\s*"(name-format|ip-leading-zeros)"/g)].map(([, rule]) => rule);
    expect([...new Set(rules)]).toEqual(refused);
  });

  it.each(["kubernetesVersion: 1.30", "openshiftVersion: 4.20"])("may lack its quotes: %s", async (text) => {
    checkout.write(".fairlead.yaml", `${text}\n`);
    expect(await checkout.check("digit.yaml")).toMatchObject({
      stdout: expect.stringContaining("name-format"),
      stderr: "",
    });
  });

  it.each([
    { version: "1.20", by: "1.27", refused: "name-format" },
    { version: "1.99", by: "1.36", refused: "ip-leading-zeros" },
  ])("is the nearest known one: $version is judged by $by", async ({ version, by, refused }) => {
    const { stdout, stderr } = await checkout.check("--kubernetes-version", version, ".");
    expect(stderr).toBe(
      `fairlead check: Kubernetes ${version} is not among the known versions, 1.27 to 1.36: judged by ${by}\n`,
    );
    expect(stdout).toContain(refused);
    // What 1.27 fills in, and 1.20 would not.
    const shown = await checkout.check(
      "--kubernetes-version",
      version,
      "--show",
      "stored",
      "padded.yaml",
      "digit.yaml",
    );
    expect(shown.stdout).toContain("internalTrafficPolicy: Cluster");
  });

  it("is the command line's, whatever the configuration says", async () => {
    checkout.write(".fairlead.yaml", 'openshiftVersion: "4.16"\n');
    expect((await checkout.check("digit.yaml")).code).toBe(1);
    expect(await checkout.check("--kubernetes-version", "1.36", "digit.yaml")).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("is refused", () => {
  it.each([
    {
      name: "two versions that differ",
      args: ["--openshift-version", "4.16", "--kubernetes-version", "1.30"],
      says: "OpenShift 4.16 is Kubernetes 1.29, not 1.30: give --openshift-version or --kubernetes-version, not both",
    },
    {
      name: "an unknown version of OpenShift",
      args: ["--openshift-version", "4.13"],
      says: '"4.13" is not a known version of OpenShift, which are 4.14 to 4.22; for another one give its Kubernetes version with --kubernetes-version',
    },
    {
      name: "a gate with a slip",
      args: ["--feature-gate", "StrictIPCIDRValidaton=false"],
      says: `"StrictIPCIDRValidaton" is not a feature gate that changes an answer about a Service; did you mean "StrictIPCIDRValidation"? there are ${GATES}`,
    },
    {
      name: "a gate of something else",
      args: ["--feature-gate", "GracefulNodeShutdown=true"],
      says: `"GracefulNodeShutdown" is not a feature gate that changes an answer about a Service; there are ${GATES}`,
    },
    {
      name: "a gate without a value",
      args: ["--feature-gate", "StrictIPCIDRValidation"],
      says: '"StrictIPCIDRValidation" is not a feature gate; write NAME=true or NAME=false',
    },
    {
      name: "a gate that is locked",
      args: ["--feature-gate", "LoadBalancerIPMode=false"],
      says: "the feature gate LoadBalancerIPMode cannot be set in 1.36, only in 1.29 to 1.31",
    },
    {
      name: "a gate that is not there yet",
      args: ["--kubernetes-version", "1.30", "--feature-gate", "StrictIPCIDRValidation=true"],
      says: "the feature gate StrictIPCIDRValidation cannot be set in 1.30, only from 1.33 on",
    },
  ])("$name", async ({ args, says }) => {
    expect(await checkout.check(...args, ".")).toEqual({ code: 2, stdout: "", stderr: `fairlead check: ${says}\n` });
  });
});

describe("a cluster profile with", () => {
  const profile = (text: string): string => `serviceCIDRs: [172.30.0.0/16]\n${text}\n`;

  it("feature gates; those of the command line come before them", async () => {
    checkout.write("cluster.yaml", profile("featureGates: { StrictIPCIDRValidation: false }"));
    expect((await checkout.check("--cluster-profile", "cluster.yaml", "padded.yaml")).code).toBe(0);
    const args = ["--cluster-profile", "cluster.yaml", "--feature-gate", "StrictIPCIDRValidation=true", "padded.yaml"];
    expect((await checkout.check(...args)).code).toBe(1);
  });

  it.each([
    { name: "none allowed", policy: "{}", code: 1, says: "the cluster's externalIP policy allows no external IPs" },
    { name: "another range", policy: "{ allowedCIDRs: [192.0.2.0/24] }", code: 1, says: "only those in 192.0.2.0/24" },
    { name: "its range rejected", policy: "{ rejectedCIDRs: [10.0.0.0/8] }", code: 1, says: "is in 10.0.0.0/8, which" },
    { name: "its range allowed", policy: "{ allowedCIDRs: [10.0.0.0/8] }", code: 0, says: "" },
  ])("OpenShift's policy of external IPs: $name", async ({ policy, code, says }) => {
    checkout.write("ours.yaml", PADDED.replace("010.", "10."));
    checkout.write("cluster.yaml", profile(`externalIPPolicy: ${policy}`));
    const answer = await checkout.check("--cluster-profile", "cluster.yaml", "ours.yaml");
    expect([answer.code, answer.stdout]).toEqual([code, expect.stringContaining(says)]);
  });

  it("the policy of a platform, and ranges of the command line", async () => {
    const answer = await checkout.check(
      "--cluster-profile",
      "openshift",
      "--service-cidr",
      "10.0.0.0/16",
      "padded.yaml",
    );
    expect(answer.stdout).toContain("external-ips-disabled");
  });

  it.each([
    {
      text: "featureGates: [StrictIPCIDRValidation]",
      says: "featureGates must be a mapping of names to true or false",
    },
    { text: 'featureGates: { StrictIPCIDRValidation: "yes" }', says: "featureGates must be a mapping" },
    { text: "featureGates: { StrictIPCIDR: true }", says: 'did you mean "StrictIPCIDRValidation"?' },
    { text: "featureGates: { LoadBalancerIPMode: true }", says: "cannot be set in 1.36, only in 1.29 to 1.31" },
    { text: "externalIPPolicy: none", says: "externalIPPolicy must be a mapping of allowedCIDRs, rejectedCIDRs" },
    { text: "externalIPPolicy: { allowed: [] }", says: "externalIPPolicy must be a mapping" },
    { text: "externalIPPolicy: { allowedCIDRs: [x] }", says: '"x" is not a CIDR' },
    {
      text: "externalIPPolicies: {}",
      says: "a cluster profile has serviceCIDRs, nodePortRange, featureGates and external",
    },
  ])("$text is refused", async ({ text, says }) => {
    checkout.write("cluster.yaml", profile(text));
    const { code, stderr } = await checkout.check("--cluster-profile", "cluster.yaml", "padded.yaml");
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
