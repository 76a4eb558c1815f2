import { describe, expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies } from "../support.ts";

const ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";
const AZURE = "service.beta.kubernetes.io/azure-allowed-ip-ranges";

interface Case {
  readonly name: string;
  readonly ranges?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly loadBalancerClass?: string;
  readonly parameters?: object;
  readonly want: readonly string[];
}

function findings(given: Omit<Case, "name" | "want">, rule = "source-ranges-required") {
  const { ranges, annotations, loadBalancerClass, parameters } = given;
  const object = manifest({
    ...(annotations && { metadata: { annotations } }),
    spec: {
      type: "LoadBalancer",
      ...(ranges && { loadBalancerSourceRanges: ranges }),
      ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    },
  });
  const set = policies({ rules: [{ rule, ...(parameters && { parameters }) }] });
  const { policy } = judgeManifest(object, { policies: set, version: { minor: 33 } });
  return policy.findings.map(({ path, message }) => `${path.toString()}: ${message}`);
}

const numbers = (count: number, step = 1): number[] => Array.from({ length: count }, (_, i) => i * step);
const FIELD = "spec.loadBalancerSourceRanges";

describe("source ranges are judged by what they let in together", () => {
  it.each<Case>([
    {
      name: "the whole internet in 256 ranges",
      ranges: numbers(256).map((i) => `${i}.0.0.0/8`),
      want: [`${FIELD}[0]: the ranges 0.0.0.0 to 255.255.255.255 together are wider than /8`],
    },
    {
      name: "half of it in 128 ranges that do not touch",
      ranges: numbers(128, 2).map((i) => `${i}.0.0.0/8`),
      want: [`${FIELD}: the IPv4 ranges together admit more addresses than a /6 range`],
    },
    {
      name: "the other half in small pieces, in any order",
      ranges: numbers(512)
        .map((i) => `${128 + (i >> 2)}.${(i & 3) * 64}.0.0/10`)
        .reverse(),
      want: [`${FIELD}[511]: the ranges 128.0.0.0 to 255.255.255.255 together are wider than /8`],
    },
    {
      name: "in pieces that overlap",
      ranges: ["10.0.0.0/8", "10.128.0.0/9", "10.0.0.0/16"],
      want: [],
    },
    {
      name: "as IPv4-mapped IPv6",
      ranges: ["::ffff:0:0/96"],
      want: [`${FIELD}[0]: the range ::ffff:0:0/96 is too wide: its prefix must be /8 or longer`],
    },
    {
      name: "one half as IPv4, the other as IPv4-mapped IPv6",
      ranges: ["10.0.0.0/8", "::ffff:b00:0/104"],
      want: [`${FIELD}[0]: the ranges 10.0.0.0 to 11.255.255.255 together are wider than /8`],
    },
    {
      name: "IPv6 in parts",
      ranges: numbers(4)
        .map((i) => `200${i}::/34`)
        .concat("2001:db8::/33", "2001:db8:8000::/33", "2001:db9::/64"),
      want: [`${FIELD}[4]: the ranges 2001:db8:: to 2001:db9::ffff:ffff:ffff:ffff together are wider than /32`],
    },
    {
      name: "IPv6 in ranges that do not touch",
      ranges: numbers(5).map((i) => `200${i}::/32`),
      want: [`${FIELD}: the IPv6 ranges together admit more addresses than a /30 range`],
    },
    {
      name: "the private networks",
      ranges: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
      want: [],
    },
    { name: "offices", parameters: { widestIPv4: 24 }, ranges: numbers(50, 2).map((i) => `203.0.${i}.0/24`), want: [] },
    {
      name: "offices, and a bound for all of them",
      parameters: { widestIPv4: 24, totalIPv4: 20 },
      ranges: numbers(50, 2).map((i) => `203.0.${i}.0/24`),
      want: [`${FIELD}: the IPv4 ranges together admit more addresses than a /20 range`],
    },
    {
      name: "in the annotation",
      annotations: {
        [ANNOTATION]: numbers(256)
          .map((i) => `${i}.0.0.0/8`)
          .join(" , "),
      },
      want: [`metadata.annotations[${ANNOTATION}]: the ranges 0.0.0.0 to 255.255.255.255 together are wider than /8`],
    },
    {
      name: "in an annotation that is empty",
      annotations: { [ANNOTATION]: "" },
      want: [`${FIELD}: a load balancer must have source ranges`],
    },
    {
      name: "by a cloud's own annotation beside the field",
      ranges: ["203.0.113.0/24"],
      annotations: { [AZURE]: "203.0.113.0/24,0.0.0.0/0" },
      want: [`metadata.annotations[${AZURE}]: the range 0.0.0.0/0 is too wide: its prefix must be /8 or longer`],
    },
    {
      name: "by a cloud's own annotation alone",
      annotations: { [AZURE]: "203.0.113.0/24" },
      want: [`${FIELD}: a load balancer must have source ranges`],
    },
  ])("$name", ({ want, ...given }) => {
    expect(findings(given)).toEqual(want);
  });

  it("refuses a bound for all that is less than one range may be", () => {
    expect(() => policies({ rules: [{ rule: "source-ranges-required", parameters: { totalIPv4: 9 } }] })).toThrow(
      "totalIPv4 (9)",
    );
  });
});

describe("a load balancer is internal where its cloud says so", () => {
  const aws = "service.beta.kubernetes.io/aws-load-balancer";
  it.each([
    { annotations: { [`${aws}-internal`]: "true" }, want: 0 },
    { annotations: { [`${aws}-internal`]: "0.0.0.0/0" }, want: 0 },
    { annotations: { [`${aws}-internal`]: "False" }, want: 1 },
    { annotations: { [`${aws}-internal`]: "0" }, want: 1 },
    { annotations: { [`${aws}-internal`]: " " }, want: 1 },
    { annotations: { [`${aws}-internal`]: "true", [`${aws}-scheme`]: "internet-facing" }, want: 1 },
    { annotations: { [`${aws}-scheme`]: "Internal" }, want: 1 },
    { annotations: { "cloud.google.com/load-balancer-type": "internal" }, want: 0 },
    {
      annotations: {
        "cloud.google.com/load-balancer-type": "Internal",
        "networking.gke.io/load-balancer-type": "External",
      },
      want: 1,
    },
    { annotations: { "service.beta.kubernetes.io/openstack-internal-load-balancer": "true" }, want: 0 },
    { annotations: { "service.beta.kubernetes.io/openstack-internal-load-balancer": "T" }, want: 1 },
    { annotations: { "service.beta.kubernetes.io/oci-load-balancer-internal": "T" }, want: 0 },
    { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "TRUE" }, want: 0 },
    { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "1" }, want: 1 },
    { annotations: { [ANNOTATION]: "" }, want: 1 },
    { annotations: { [ANNOTATION]: "0.0.0.0/0" }, want: 1 },
    { annotations: { [ANNOTATION]: "203.0.113.0/24, ::/0" }, want: 1 },
    { annotations: { [`${aws}-internal`]: "true", [`${aws}-scheme`]: "internet-facing" }, want: 1 },
    { annotations: { "load-balancer.hetzner.cloud/disable-public-network": "true" }, want: 0 },
    { annotations: { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" }, want: 0 },
    { annotations: {}, loadBalancerClass: "service.k8s.aws/nlb", want: 0 },
    { annotations: { [`${aws}-internal`]: "false" }, loadBalancerClass: "service.k8s.aws/nlb", want: 1 },
    { annotations: { [`${aws}-internal`]: "true" }, loadBalancerClass: "eks.amazonaws.com/nlb", want: 0 },
    { annotations: { [`${aws}-scheme`]: "internet-facing" }, loadBalancerClass: "eks.amazonaws.com/nlb", want: 1 },
    { annotations: {}, loadBalancerClass: "networking.gke.io/l4-regional-internal", want: 0 },
    {
      annotations: { "networking.gke.io/load-balancer-type": "Internal" },
      loadBalancerClass: "networking.gke.io/l4-regional-external",
      want: 1,
    },
  ])("$annotations $loadBalancerClass: $want", ({ annotations, loadBalancerClass, want }) => {
    const given = { annotations, ...(loadBalancerClass !== undefined && { loadBalancerClass }) };
    expect(findings(given, "public-load-balancer")).toHaveLength(want);
  });
});
