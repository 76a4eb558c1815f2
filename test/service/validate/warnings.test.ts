import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const V134: Options = { version: { minor: 34 } };
const V135: Options = { version: { minor: 35 } };
const HEADLESS = { clusterIP: "None" };
const ALIAS = { type: "ExternalName", externalName: "db.example.com" };
const IPS = ["203.0.113.9"];

const said = (code: string, field: string, found: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `spec.${field}`,
  found,
  ...more,
});
const ignored = (field: string, found: unknown, because: string): JsonObject =>
  said("ignored-field", field, found, { because });
const deprecated = said("external-ips-deprecated", "externalIPs", IPS);
const headless = "spec.clusterIP is None";
const range = (found: string, code: string, more: JsonObject): JsonObject => ({
  ...said(code, "loadBalancerSourceRanges[0]", found, more),
  field: "spec.LoadBalancerSourceRanges[0]",
});

interface Row {
  readonly rule: string;
  readonly spec: JsonObject;
  readonly options?: Options;
  readonly want: JsonObject[];
}

const tables: readonly { readonly about: string; readonly rows: readonly Row[] }[] = [
  {
    about: "fields that have no effect are named",
    rows: [
      { rule: "a plain Service has none", spec: {}, want: [] },
      { rule: "a headless Service neither", spec: HEADLESS, want: [] },
      {
        rule: "a headless Service has no load balancer's address",
        spec: { ...HEADLESS, loadBalancerIP: "203.0.113.9" },
        want: [ignored("loadBalancerIP", "203.0.113.9", headless)],
      },
      {
        rule: "and no external IPs, deprecated or not",
        spec: { ...HEADLESS, externalIPs: IPS },
        want: [ignored("externalIPs", IPS, headless)],
      },
      {
        rule: "and no session affinity",
        spec: { ...HEADLESS, sessionAffinity: "ClientIP" },
        want: [ignored("sessionAffinity", "ClientIP", headless)],
      },
      {
        rule: "an ExternalName has no external IPs",
        spec: { ...ALIAS, externalIPs: IPS },
        want: [ignored("externalIPs", IPS, "spec.type is ExternalName")],
      },
      {
        rule: "but says nothing of its affinity and its load balancer's address",
        spec: { ...ALIAS, sessionAffinity: "ClientIP", loadBalancerIP: "203.0.113.9" },
        want: [],
      },
      {
        rule: "an external name is for an ExternalName",
        spec: { externalName: "db.example.com" },
        want: [ignored("externalName", "db.example.com", "spec.type is not ExternalName")],
      },
      {
        rule: "several at once, in this order",
        spec: { ...HEADLESS, externalIPs: IPS, loadBalancerIP: "203.0.113.9", externalName: "a" },
        want: [
          ignored("loadBalancerIP", "203.0.113.9", headless),
          ignored("externalIPs", IPS, headless),
          ignored("externalName", "a", "spec.type is not ExternalName"),
        ],
      },
    ],
  },
  {
    about: "what is deprecated is named",
    rows: [
      { rule: "external IPs from 1.36", spec: { externalIPs: IPS }, want: [deprecated] },
      { rule: "not before", spec: { externalIPs: IPS }, options: V135, want: [] },
      {
        rule: "PreferClose from 1.35",
        spec: { trafficDistribution: "PreferClose" },
        options: V135,
        want: [said("prefer-close-deprecated", "trafficDistribution", "PreferClose")],
      },
      { rule: "not before, either", spec: { trafficDistribution: "PreferClose" }, options: V134, want: [] },
      { rule: "nor its newer name", spec: { trafficDistribution: "PreferSameZone" }, want: [] },
    ],
  },
  {
    about: "an address is written as every program reads it",
    rows: [
      { rule: "a plain one", spec: { clusterIP: "10.96.0.7" }, want: [] },
      { rule: "an IPv6 one in its canonical form", spec: { clusterIP: "fd00:10:96::7" }, want: [] },
      {
        rule: "an IPv6 one in another form",
        spec: { clusterIP: "FD00:10:96::7" },
        want: [
          {
            ...said("address-not-canonical", "clusterIP", "FD00:10:96::7", { other: "fd00:10:96::7" }),
            field: "spec.clusterIPs[0]",
          },
        ],
      },
      {
        rule: "with zeros",
        spec: { clusterIP: "10.96.0.007" },
        options: V135,
        want: [
          {
            ...said("address-nonstandard", "clusterIP", "10.96.0.007", { other: "10.96.0.7" }),
            field: "spec.clusterIPs[0]",
          },
        ],
      },
      {
        rule: "IPv4 in IPv6",
        spec: { externalIPs: ["::ffff:203.0.113.9"] },
        options: V135,
        want: [said("address-nonstandard", "externalIPs[0]", "::ffff:203.0.113.9", { other: "203.0.113.9" })],
      },
      {
        rule: "the second external IP",
        spec: { externalIPs: ["203.0.113.9", "2001:DB8::9"] },
        options: V135,
        want: [said("address-not-canonical", "externalIPs[1]", "2001:DB8::9", { other: "2001:db8::9" })],
      },
      {
        rule: "a load balancer's address, which may be any text",
        spec: { loadBalancerIP: "2001:DB8::9" },
        want: [said("address-not-canonical", "loadBalancerIP", "2001:DB8::9", { other: "2001:db8::9" })],
      },
      {
        rule: "with zeros it is let through in every version",
        spec: { loadBalancerIP: "203.0.113.009" },
        want: [said("address-nonstandard", "loadBalancerIP", "203.0.113.009", { other: "203.0.113.9" })],
      },
      { rule: "another text is no address", spec: { loadBalancerIP: "any" }, want: [] },
    ],
  },
  {
    about: "a range is written so that it means one thing",
    rows: [
      { rule: "a plain one", spec: balancer("10.0.0.0/8"), want: [] },
      { rule: "an IPv6 one in its canonical form", spec: balancer("2001:db8::/32"), want: [] },
      { rule: "one with blanks is not looked at", spec: balancer(" 10.0.0.0/8"), want: [] },
      {
        rule: "with bits behind the prefix",
        spec: balancer("10.0.0.1/8"),
        options: V135,
        want: [range("10.0.0.1/8", "cidr-ambiguous", { allowed: ["10.0.0.1/32", "10.0.0.0/8"] })],
      },
      {
        rule: "with zeros",
        spec: balancer("010.0.0.0/8"),
        options: V135,
        want: [range("010.0.0.0/8", "address-nonstandard", { other: "10.0.0.0/8" })],
      },
      {
        rule: "IPv4 in IPv6",
        spec: balancer("::ffff:10.0.0.0/104"),
        options: V135,
        want: [range("::ffff:10.0.0.0/104", "address-nonstandard", { other: "10.0.0.0/8" })],
      },
      {
        rule: "IPv6 in another form",
        spec: balancer("2001:DB8::/32"),
        want: [range("2001:DB8::/32", "address-not-canonical", { other: "2001:db8::/32" })],
      },
      {
        rule: "both: bits behind the prefix are said, and zeros",
        spec: balancer("010.0.0.1/8"),
        options: V135,
        want: [
          range("010.0.0.1/8", "cidr-ambiguous", { allowed: ["10.0.0.1/32", "10.0.0.0/8"] }),
          range("010.0.0.1/8", "address-nonstandard", { other: "10.0.0.1/8" }),
        ],
      },
      {
        rule: "but with bits behind the prefix another form is not",
        spec: balancer("2001:DB8::1/32"),
        options: V135,
        want: [range("2001:DB8::1/32", "cidr-ambiguous", { allowed: ["2001:db8::1/128", "2001:db8::/32"] })],
      },
    ],
  },
];

function balancer(...loadBalancerSourceRanges: string[]): JsonObject {
  return { type: "LoadBalancer", loadBalancerSourceRanges };
}

describe.each(tables)("$about", ({ rows }) => {
  it.each([...rows])("$rule", ({ spec, options, want }) => {
    const answer = create(manifest(spec), options);
    expect(answer.decision).toEqual({ allowed: true });
    expect(saidOf(answer.warnings)).toEqual(want);
  });
});

describe("warnings", () => {
  it("name the deprecated topology annotation", () => {
    const key = "service.kubernetes.io/topology-aware-hints";
    expect(saidOf(create(manifest({}, { annotations: { [key]: "Auto" } })).warnings)).toEqual([
      { code: "topology-hints-deprecated", path: `metadata.annotations[${key}]`, found: "Auto" },
    ]);
    expect(create(manifest({}, { annotations: { "example.com/a": "Auto" } })).warnings).toEqual([]);
  });

  it("name the second range by its place", () => {
    expect(
      create(manifest(balancer("10.0.0.0/8", "2001:DB8::/32"))).warnings.map(({ path }) => path.toString()),
    ).toEqual(["spec.loadBalancerSourceRanges[1]"]);
  });

  it("come on an update, too", () => {
    expect(saidOf(update(manifest({ externalIPs: IPS }), stored()).warnings)).toEqual([deprecated]);
  });

  it("do not come with a refusal", () => {
    expect(create(manifest({ externalIPs: IPS, sessionAffinity: "Cookie" })).warnings).toEqual([]);
  });

  it("say nothing of addresses that the server picks", () => {
    expect(create(manifest({ ipFamilyPolicy: "PreferDualStack" })).warnings).toEqual([]);
  });
});
