import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const IP4 = "10.96.0.7";
const IP6 = "fd00:10:96::7";
const V135: Options = { version: { minor: 35 } };
const IPV4: Options = { cluster: PROFILES.ipv4 };

const said = (code: string, field: string, found?: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `spec.${field}`,
  reason: "FieldValueInvalid",
  ...(found === undefined ? {} : { found }),
  ...more,
});
/** Of the list that the server fills from the one address that was written. */
const single = (code: string, found: unknown, more: JsonObject = {}): JsonObject =>
  said(code, "clusterIP", found, { field: "spec.clusterIPs[0]", ...more });
const both = (...clusterIPs: string[]): JsonObject => ({ clusterIP: clusterIPs[0], clusterIPs });
const prefer = { ipFamilyPolicy: "PreferDualStack" };

describe("cluster IPs", () => {
  it.each<{ rule: string; spec: JsonObject; options?: Options; want: JsonObject[] }>([
    { rule: "one", spec: { clusterIP: IP4 }, want: [] },
    { rule: "one of each family, with dual stack", spec: { ...both(IP4, IP6), ...prefer }, want: [] },
    { rule: "in either order", spec: { ...both(IP6, IP4), ...prefer }, want: [] },
    { rule: "no text", spec: { clusterIP: "web" }, want: [single("ip-format", "web")] },
    { rule: "none is not None", spec: { clusterIP: "none" }, want: [single("ip-format", "none")] },
    {
      rule: "no zeros from 1.36",
      spec: { clusterIP: "10.96.0.007" },
      want: [single("ip-leading-zeros", "10.96.0.007")],
    },
    { rule: "before that they are decimal", spec: { clusterIP: "10.96.0.007" }, options: V135, want: [] },
    {
      rule: "the second is looked at, too",
      spec: { ...both(IP4, "web"), ...prefer },
      want: [said("ip-format", "clusterIPs[1]", "web")],
    },
    {
      rule: "the list is not written without the first",
      spec: { clusterIPs: [IP4] },
      want: [said("cluster-ips-alone", "clusterIPs", [IP4], { other: IP4 })],
    },
    {
      rule: "the first is the one",
      spec: { clusterIP: "10.96.0.8", clusterIPs: [IP4] },
      want: [said("cluster-ips-differ", "clusterIPs", [IP4], { other: "10.96.0.8" })],
    },
    {
      rule: "at most two",
      spec: { ...both(IP4, IP6, "10.96.0.8"), ...prefer },
      want: [
        said("too-many-cluster-ips", "clusterIPs", [IP4, IP6, "10.96.0.8"]),
        said("cluster-ips-one-family", "clusterIPs", [IP4, IP6, "10.96.0.8"]),
      ],
    },
    {
      rule: "two are of two families",
      spec: { ...both(IP4, "10.96.0.8"), ...prefer },
      want: [said("cluster-ips-one-family", "clusterIPs", [IP4, "10.96.0.8"])],
    },
    {
      rule: "None stands alone",
      spec: { ...both("None", IP4), ...prefer },
      want: [said("none-not-alone", "clusterIPs", ["None", IP4])],
    },
    {
      rule: "None is first",
      spec: { ...both(IP4, "None"), ...prefer },
      want: [said("ip-format", "clusterIPs[1]", "None")],
    },
    {
      rule: "of the families that are named",
      spec: { clusterIP: IP6, ipFamilies: ["IPv4"] },
      want: [single("cluster-ip-family", IP6, { allowed: ["IPv4"], other: "spec.ipFamilies[0]" })],
    },
    {
      rule: "both of them",
      spec: { ...both(IP4, IP6), ...prefer, ipFamilies: ["IPv6", "IPv4"] },
      want: [
        said("cluster-ip-family", "clusterIPs[0]", IP4, { allowed: ["IPv6"], other: "spec.ipFamilies[0]" }),
        said("cluster-ip-family", "clusterIPs[1]", IP6, { allowed: ["IPv4"], other: "spec.ipFamilies[1]" }),
      ],
    },
    {
      rule: "an unknown family is not asked of an address",
      spec: { clusterIP: IP4, ipFamilies: ["ipv4"] },
      want: [
        said("unsupported-value", "ipFamilies[0]", "ipv4", {
          reason: "FieldValueNotSupported",
          allowed: ["IPv4", "IPv6"],
        }),
      ],
    },
    {
      rule: "a headless Service has any families",
      spec: { clusterIP: "None", ipFamilies: ["IPv6"] },
      want: [],
    },
  ])("$rule", ({ spec, options, want }) => {
    expect(saidOf(create(manifest(spec), options).causes)).toEqual(want);
  });

  it("whose family cannot be told are an internal error, beside the rest", () => {
    const old = {
      ...stored(),
      spec: { ...stored().spec, clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10", "None"] },
    };
    const found = ["10.96.0.10", "None"];
    expect(saidOf(update(manifest({ ...both(...found), ...prefer }), old).causes)).toEqual([
      said("cluster-ips-unreadable", "clusterIPs", found, { reason: "InternalError" }),
      said("cluster-ips-one-family", "clusterIPs", found),
    ]);
  });

  it("a wrong one is named where the user wrote it: the list is empty", () => {
    expect(saidOf(create(manifest({ clusterIP: "web", clusterIPs: [] })).causes)).toEqual([single("ip-format", "web")]);
  });

  it("an empty list is as good as none", () => {
    const old = stored({ clusterIP: IP4 });
    expect(saidOf(update(manifest({ clusterIP: IP4, clusterIPs: [] }), old).causes)).toEqual([]);
  });

  it("may stay as an older version let them in", () => {
    const old = stored({ clusterIP: "10.96.0.007" }, {}, V135);
    const kept = update(manifest({ clusterIP: "10.96.0.007" }), old);
    expect(saidOf(kept.causes)).toEqual([]);
    expect(kept.stored?.spec.clusterIPs).toEqual(["10.96.0.007"]);
  });
});

describe("families and their policy", () => {
  it.each<{ rule: string; spec: JsonObject; options?: Options; want: JsonObject[] }>([
    {
      rule: "a family is named once",
      spec: { ipFamilies: ["IPv4", "IPv4"], ...prefer },
      want: [said("duplicate-family", "ipFamilies[1]", "IPv4", { reason: "FieldValueDuplicate" })],
    },
    {
      rule: "a policy is one of three",
      spec: { ipFamilyPolicy: "DualStack" },
      want: [
        said("unsupported-value", "ipFamilyPolicy", "DualStack", {
          reason: "FieldValueNotSupported",
          allowed: ["SingleStack", "PreferDualStack", "RequireDualStack"],
        }),
      ],
    },
    {
      rule: "SingleStack has one address and one family",
      spec: { ...both(IP4, IP6), ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "SingleStack" },
      want: ["spec.clusterIPs", "spec.ipFamilies"].map((other) =>
        said("single-stack-with-two", "ipFamilyPolicy", "SingleStack", { other }),
      ),
    },
    {
      rule: "as does what names no policy",
      spec: { ipFamilies: ["IPv4", "IPv6"] },
      want: [said("single-stack-with-two", "ipFamilyPolicy", undefined, { other: "spec.ipFamilies" })],
    },
    {
      rule: "RequireDualStack needs a dual-stack cluster",
      spec: { ipFamilyPolicy: "RequireDualStack" },
      options: IPV4,
      want: [said("single-stack-cluster", "ipFamilyPolicy", "RequireDualStack", { allowed: ["IPv4"] })],
    },
    {
      rule: "a family is one that the cluster has, even beside one that it has",
      spec: { ipFamilies: ["IPv4", "IPv6"], ...prefer },
      options: IPV4,
      want: [said("family-not-in-cluster", "ipFamilies[1]", "IPv6", { allowed: ["IPv4"] })],
    },
    {
      rule: "both are said at once",
      spec: { ipFamilies: ["IPv6"], ipFamilyPolicy: "RequireDualStack" },
      options: IPV4,
      want: [
        said("single-stack-cluster", "ipFamilyPolicy", "RequireDualStack", { allowed: ["IPv4"] }),
        said("family-not-in-cluster", "ipFamilies[0]", "IPv6", { allowed: ["IPv4"] }),
      ],
    },
    {
      rule: "an address is of a family that the cluster has",
      spec: { clusterIP: IP6 },
      options: IPV4,
      want: [single("address-family-not-in-cluster", IP6, { allowed: ["IPv4"] })],
    },
    {
      rule: "where the family is named, that is what is said",
      spec: { clusterIP: IP6, ipFamilies: ["IPv6"] },
      options: IPV4,
      want: [said("family-not-in-cluster", "ipFamilies[0]", "IPv6", { allowed: ["IPv4"] })],
    },
  ])("$rule", ({ spec, options, want }) => {
    expect(saidOf(create(manifest(spec), options).causes)).toEqual(want);
  });
});
