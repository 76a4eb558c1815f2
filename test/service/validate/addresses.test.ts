import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const V135: Options = { version: { minor: 35 } };

const said = (code: string, path: string, found?: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `spec.${path}`,
  reason: "FieldValueInvalid",
  ...(found === undefined ? {} : { found }),
  ...more,
});

describe("external IPs are addresses that traffic can be sent to", () => {
  const at = "externalIPs[0]";
  it.each<{ rule: string; ip: string; options?: Options; want: JsonObject[] }>([
    { rule: "an IPv4 one", ip: "203.0.113.9", want: [] },
    { rule: "an IPv6 one", ip: "2001:db8::9", want: [] },
    { rule: "one in capitals", ip: "2001:DB8::9", want: [] },
    { rule: "no text", ip: "web", want: [said("ip-format", at, "web")] },
    { rule: "no empty text", ip: "", want: [said("ip-format", at, "")] },
    { rule: "no unspecified one", ip: "0.0.0.0", want: [said("ip-special", at, "0.0.0.0", { use: "unspecified" })] },
    { rule: "no loopback one", ip: "::1", want: [said("ip-special", at, "::1", { use: "loopback" })] },
    { rule: "no zeros from 1.36", ip: "203.0.113.009", want: [said("ip-leading-zeros", at, "203.0.113.009")] },
    { rule: "before that, zeros are decimal", ip: "203.0.113.009", options: V135, want: [] },
    {
      rule: "no IPv4 in IPv6 from 1.36",
      ip: "::ffff:203.0.113.9",
      want: [said("ip-mapped", at, "::ffff:203.0.113.9")],
    },
    { rule: "before that, it counts as IPv4", ip: "::ffff:203.0.113.9", options: V135, want: [] },
    {
      rule: "before that, a reserved one is seen behind it",
      ip: "::ffff:127.0.0.1",
      options: V135,
      want: [said("ip-special", at, "::ffff:127.0.0.1", { use: "loopback" })],
    },
    {
      rule: "both at once, and what is refused as text is not looked at further",
      ip: "::ffff:127.0.0.001",
      want: [said("ip-leading-zeros", at, "::ffff:127.0.0.001"), said("ip-mapped", at, "::ffff:127.0.0.001")],
    },
  ])("$rule: $ip", ({ ip, options, want }) => {
    expect(saidOf(create(manifest({ externalIPs: [ip] }), options).causes)).toEqual(want);
  });

  it("are named by their place in the list", () => {
    expect(saidOf(create(manifest({ externalIPs: ["203.0.113.9", "web", "127.0.0.1"] })).causes)).toEqual([
      said("ip-format", "externalIPs[1]", "web"),
      said("ip-special", "externalIPs[2]", "127.0.0.1", { use: "loopback" }),
    ]);
  });

  it("may stay as an older version let them in, at any place", () => {
    const old = stored({ externalIPs: ["203.0.113.009", "203.0.113.8"] }, {}, V135);
    const next = manifest({ externalIPs: ["203.0.113.8", "203.0.113.009", "203.0.113.007"] });
    expect(saidOf(update(next, old).causes)).toEqual([said("ip-leading-zeros", "externalIPs[2]", "203.0.113.007")]);
  });

  it("may stay even where they are no addresses", () => {
    const old = { ...stored(), spec: { ...stored().spec, externalIPs: ["web"] } };
    expect(saidOf(update(manifest({ externalIPs: ["web"] }), old).causes)).toEqual([]);
  });

  it("stay reserved, however long they have been there", () => {
    const old = { ...stored(), spec: { ...stored().spec, externalIPs: ["127.0.0.1"] } };
    expect(saidOf(update(manifest({ externalIPs: ["127.0.0.1"] }), old).causes)).toEqual([
      said("ip-special", "externalIPs[0]", "127.0.0.1", { use: "loopback" }),
    ]);
  });
});

const balancer = (spec: JsonObject, metadata: JsonObject = {}): JsonObject =>
  manifest({ type: "LoadBalancer", ...spec }, metadata);

describe("source ranges are ranges", () => {
  const at = "loadBalancerSourceRanges[0]";
  const quirk = { field: "spec.LoadBalancerSourceRanges[0]" };
  it.each<{ rule: string; range: string; options?: Options; want: JsonObject[] }>([
    { rule: "an IPv4 one", range: "203.0.113.0/24", want: [] },
    { rule: "an IPv6 one", range: "2001:DB8::/32", want: [] },
    { rule: "with blanks around it", range: " 203.0.113.0/24\t", want: [] },
    { rule: "no address", range: "203.0.113.9", want: [said("cidr-format", at, "203.0.113.9", quirk)] },
    { rule: "no empty text", range: " ", want: [said("cidr-format", at, "", quirk)] },
    { rule: "no zeros from 1.36", range: "010.0.0.0/8", want: [said("cidr-leading-zeros", at, "010.0.0.0/8", quirk)] },
    { rule: "before that they are decimal", range: "010.0.0.0/8", options: V135, want: [] },
    {
      rule: "no IPv4 in IPv6 from 1.36",
      range: "::ffff:10.0.0.0/104",
      want: [said("cidr-mapped", at, "::ffff:10.0.0.0/104", quirk)],
    },
    { rule: "before that it counts as IPv4", range: "::ffff:10.0.0.0/104", options: V135, want: [] },
    {
      rule: "no bits behind the prefix from 1.36",
      range: " 10.0.0.1/8",
      want: [said("cidr-host-bits", at, "10.0.0.1/8", { ...quirk, allowed: ["10.0.0.1/32", "10.0.0.0/8"] })],
    },
    { rule: "before that they are let through", range: "10.0.0.1/8", options: V135, want: [] },
  ])("$rule: $range", ({ range, options, want }) => {
    expect(saidOf(create(balancer({ loadBalancerSourceRanges: [range] }), options).causes)).toEqual(want);
  });

  it("are named by their place in the list", () => {
    const ranges = ["203.0.113.0/24", "web"];
    expect(saidOf(create(balancer({ loadBalancerSourceRanges: ranges })).causes)).toEqual([
      said("cidr-format", "loadBalancerSourceRanges[1]", "web", { field: "spec.LoadBalancerSourceRanges[1]" }),
    ]);
  });

  it("may stay as an older version let them in, with or without their blanks", () => {
    const old = stored({ type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.1/8 "] }, {}, V135);
    const next = balancer({ loadBalancerSourceRanges: [" 10.0.0.1/8", "10.0.0.2/8"] });
    expect(saidOf(update(next, old).causes)).toEqual([
      said("cidr-host-bits", "loadBalancerSourceRanges[1]", "10.0.0.2/8", {
        field: "spec.LoadBalancerSourceRanges[1]",
        allowed: ["10.0.0.2/32", "10.0.0.0/8"],
      }),
    ]);
  });
});

describe("source ranges in an annotation, the older form", () => {
  const KEY = "service.beta.kubernetes.io/load-balancer-source-ranges";
  const path = `metadata.annotations[${KEY}]`;
  const wrong = (found: string): JsonObject => ({ code: "cidr-format", path, reason: "FieldValueInvalid", found });
  const hostBits = (found: string, allowed: readonly string[]): JsonObject => ({
    ...wrong(found),
    code: "cidr-host-bits",
    allowed,
  });
  const annotated = (text: string, spec: JsonObject = {}): JsonObject =>
    balancer(spec, { annotations: { [KEY]: text } });

  it.each<{ rule: string; object: JsonObject; want: JsonObject[] }>([
    { rule: "are split at commas", object: annotated("10.0.0.0/8, 203.0.113.0/24"), want: [] },
    { rule: "may be blank", object: annotated("  "), want: [] },
    {
      rule: "are refused where they are none",
      object: annotated("10.0.0.0/8, web,, 10.0.0.1/8"),
      want: [wrong("web"), wrong(""), hostBits("10.0.0.1/8", ["10.0.0.1/32", "10.0.0.0/8"])],
    },
    {
      rule: "are not looked at where the field has some",
      object: annotated("web", { loadBalancerSourceRanges: ["10.0.0.0/8"] }),
      want: [],
    },
    {
      rule: "are for load balancers, blank ones too",
      object: annotated(" ", { type: "NodePort" }),
      want: [{ code: "only-load-balancer", path, reason: "FieldValueForbidden", found: " ", type: "NodePort" }],
    },
    {
      rule: "are looked at on another type all the same",
      object: annotated("web", { type: "ClusterIP" }),
      want: [
        { code: "only-load-balancer", path, reason: "FieldValueForbidden", found: "web", type: "ClusterIP" },
        wrong("web"),
      ],
    },
  ])("$rule", ({ object, want }) => {
    expect(saidOf(create(object).causes)).toEqual(want);
  });

  it("stay as an older version let them in, as long as the annotation is not changed", () => {
    const annotations = { [KEY]: "10.0.0.1/8" };
    const old = stored({ type: "LoadBalancer" }, { annotations }, V135);
    expect(saidOf(update(annotated("10.0.0.1/8"), old).causes)).toEqual([]);
    expect(saidOf(update(annotated("10.0.0.1/8, 203.0.113.0/24"), old).causes)).toEqual([
      hostBits("10.0.0.1/8", ["10.0.0.1/32", "10.0.0.0/8"]),
    ]);
  });

  it.each([
    { annotations: {}, name: "none" },
    { annotations: { "example.com/a": "b" }, name: "others" },
  ])("may come to an object that has $name", ({ annotations }) => {
    const old = stored({ type: "LoadBalancer" }, { annotations });
    expect(saidOf(update(annotated("web"), old).causes)).toEqual([wrong("web")]);
  });
});
