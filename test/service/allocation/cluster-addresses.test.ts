import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { create, manifest, type Options, saidOf, stored, update } from "#test/engine/ask.ts";

const DRY: Options = { dryRun: true };
const allowed = PROFILES.dual.serviceCIDRs;
const PATH = { path: "spec.clusterIP", field: "spec.clusterIPs" };
const said = (code: string, found?: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  ...PATH,
  reason: "FieldValueInvalid",
  ...(found === undefined ? {} : { found }),
  ...more,
});
const outside = (found: string): JsonObject => said("address-out-of-range", found, { allowed });
const taken = (found: string): JsonObject => said("address-taken", found, { allowed });
const nameless = (found?: string): JsonObject => said("address-without-name", found);

describe("a cluster IP that is asked for", () => {
  it.each<{ rule: string; ip: string; options?: Options; want: JsonObject[] }>([
    { rule: "lies in a range", ip: "10.96.0.2", want: [] },
    { rule: "of either family", ip: "fd00:10:96::2", want: [] },
    { rule: "not below", ip: "10.95.255.255", want: [outside("10.95.255.255")] },
    { rule: "nor above", ip: "10.97.0.0", want: [outside("10.97.0.0")] },
    { rule: "in a dry run neither", ip: "10.97.0.0", options: DRY, want: [outside("10.97.0.0")] },
    { rule: "is not the network's address", ip: "10.96.0.0", want: [outside("10.96.0.0")] },
    { rule: "nor that of an IPv6 network", ip: "fd00:10:96::", want: [outside("fd00:10:96::")] },
    { rule: "nor the broadcast address", ip: "10.96.255.255", want: [outside("10.96.255.255")] },
    { rule: "but IPv6 has none", ip: "fd00:10:96::ffff", want: [] },
    { rule: "the last before that is fine", ip: "10.96.255.254", want: [] },
    { rule: "is not the first, which default/kubernetes holds", ip: "10.96.0.1", want: [taken("10.96.0.1")] },
    { rule: "of either family", ip: "fd00:10:96::1", want: [taken("fd00:10:96::1")] },
    { rule: "but a dry run does not look", ip: "10.96.0.1", options: DRY, want: [] },
    { rule: "however it is written", ip: "fd00:10:96:0::1", want: [taken("fd00:10:96:0::1")] },
  ])("$rule: $ip", ({ ip, options, want }) => {
    expect(saidOf(create(manifest({ clusterIP: ip }), options).causes)).toEqual(want);
  });

  it.each([
    { rule: "default/kubernetes may have the first", name: "kubernetes", namespace: "default", isRefused: false },
    { rule: "nobody else in its namespace", name: "web", namespace: "default", isRefused: true },
    { rule: "nor of its name", name: "kubernetes", namespace: "shop", isRefused: true },
  ])("$rule", ({ name, namespace, isRefused }) => {
    const answer = create(manifest({ clusterIP: "10.96.0.1" }, { name }), {
      facts: { namespace, today: "2027-01-01" },
    });
    expect(saidOf(answer.causes)).toEqual(isRefused ? [taken("10.96.0.1")] : []);
  });

  it("is in the range of the profile, whose other ranges count, too", () => {
    const cluster = { ...PROFILES.ipv4, serviceCIDRs: ["10.96.0.0/30", "10.99.0.0/30"] };
    const codes = (ip: string): string[] =>
      create(manifest({ clusterIP: ip }), { cluster }).causes.map(({ code }) => code);
    expect(codes("10.96.0.2")).toEqual([]);
    expect(codes("10.99.0.2")).toEqual([]);
    expect(codes("10.99.0.1")).toEqual(["address-taken"]);
    expect(codes("10.98.0.2")).toEqual(["address-out-of-range"]);
  });

  it.each<{ rule: string; clusterIPs: readonly string[]; want: JsonObject[] }>([
    { rule: "the second", clusterIPs: ["10.96.0.7", "fd00:10:97::7"], want: [outside("fd00:10:97::7")] },
    {
      rule: "both",
      clusterIPs: ["10.97.0.7", "fd00:10:97::7"],
      want: [outside("10.97.0.7"), outside("fd00:10:97::7")],
    },
  ])("of two, each is looked at: $rule", ({ clusterIPs, want }) => {
    const spec = { ipFamilyPolicy: "PreferDualStack", clusterIP: clusterIPs[0], clusterIPs };
    expect(saidOf(create(manifest(spec)).causes)).toEqual(
      want.map((one) => ({ ...without(one, "field"), path: "spec.clusterIPs" })),
    );
  });
});

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

describe("a request that ends at the cluster", () => {
  it.each<{ rule: string; spec: JsonObject }>([
    { rule: "by its families", spec: { clusterIP: "web" } },
    { rule: "by its addresses", spec: { clusterIP: "10.97.0.0" } },
    { rule: "by its node ports", spec: { type: "NodePort", ports: [{ port: 80, nodePort: 1 }] } },
  ])("has nothing allocated: $rule", ({ spec }) => {
    const answer = create(manifest({ ipFamilyPolicy: "PreferDualStack", ...spec }));
    expect(answer.causes).toHaveLength(1);
    expect(answer.allocated).toEqual([]);
  });
});

describe("a request that ends at an address", () => {
  it("is told nothing of its node ports", () => {
    const spec = { type: "NodePort", clusterIP: "10.97.0.0", ports: [{ port: 80, nodePort: 1 }] };
    expect(create(manifest(spec)).causes.map(({ code }) => code)).toEqual(["address-out-of-range"]);
  });
});

describe("an address is held by a Service with a name that can stand in a URL", () => {
  it.each<{ rule: string; metadata: JsonObject; options?: Options; codes: readonly string[] }>([
    { rule: "none", metadata: { name: "" }, codes: ["address-without-name"] },
    { rule: "a dry run does not hold one", metadata: { name: "" }, options: DRY, codes: ["name-required"] },
    { rule: "a generated one", metadata: { name: "", generateName: "web-" }, codes: [] },
    { rule: "a dot", metadata: { name: "." }, codes: ["address-without-name"] },
    { rule: "two dots", metadata: { name: ".." }, codes: ["address-without-name"] },
    { rule: "a dot more", metadata: { name: "..." }, codes: ["name-format"] },
    { rule: "a slash", metadata: { name: "a/b" }, codes: ["address-without-name"] },
    { rule: "a percent sign", metadata: { name: "a%b" }, codes: ["address-without-name"] },
    { rule: "any other is refused as a name", metadata: { name: "a b" }, codes: ["name-format"] },
  ])("$rule", ({ metadata, options, codes }) => {
    expect(create(manifest({}, metadata), options).causes.map(({ code }) => code)).toEqual(codes);
  });

  it("says so of an address that is asked for, and of one that is to be picked", () => {
    expect(saidOf(create(manifest({ clusterIP: "10.96.0.7" }, { name: "" })).causes)).toEqual([nameless("10.96.0.7")]);
    expect(saidOf(create(manifest({}, { name: "" })).causes)).toEqual([
      { ...without(nameless(), "field"), path: "spec.clusterIPs" },
    ]);
  });

  it("says so once, whatever is to be picked", () => {
    const { causes } = create(manifest({ ipFamilyPolicy: "PreferDualStack" }, { name: "" }));
    expect(causes.map(({ code }) => code)).toEqual(["address-without-name"]);
  });

  it("looks first whether the address can be had", () => {
    const codes = (ip: string): string[] =>
      create(manifest({ clusterIP: ip }, { name: "" })).causes.map(({ code }) => code);
    expect(codes("10.97.0.0")).toEqual(["address-out-of-range"]);
    expect(codes("10.96.0.1")).toEqual(["address-taken"]);
  });
});

describe("the cluster IPs of an update", () => {
  const alias = { type: "ExternalName", externalName: "db.example.com" };
  const PICKS = ["/spec/clusterIP", "/spec/clusterIPs/0"];
  const asked = { clusterIP: "10.97.0.7" };

  it.each<{
    rule: string;
    old: JsonObject;
    spec: JsonObject;
    allocated: readonly string[];
    ips: readonly string[] | undefined;
  }>([
    { rule: "come with the type", old: alias, spec: {}, allocated: PICKS, ips: ["<allocated IPv4>"] },
    {
      rule: "may be asked for with the type",
      old: alias,
      spec: { clusterIP: "10.96.0.7" },
      allocated: [],
      ips: ["10.96.0.7"],
    },
    { rule: "may be headless with the type", old: alias, spec: { clusterIP: "None" }, allocated: [], ips: ["None"] },
    { rule: "stay where they are left out", old: {}, spec: {}, allocated: [], ips: ["10.96.0.10"] },
    { rule: "stay headless", old: { clusterIP: "None" }, spec: {}, allocated: [], ips: ["None"] },
    {
      rule: "go with the type",
      old: {},
      spec: alias,
      allocated: [],
      ips: undefined,
    },
    {
      rule: "go with the type where the client sends them along, too",
      old: {},
      spec: { ...alias, clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"] },
      allocated: [],
      ips: undefined,
    },
  ])("$rule", ({ old, spec, allocated, ips }) => {
    const answer = update(manifest(spec), stored(old));
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.allocated).toEqual(allocated);
    expect(answer.stored?.spec.clusterIP).toEqual(ips?.[0]);
    expect(answer.stored?.spec.clusterIPs).toEqual(ips);
  });

  it("that come with the type lie in the ranges", () => {
    expect(saidOf(update(manifest(asked), stored(alias)).causes)).toEqual([outside("10.97.0.7")]);
  });

  it("that come second lie in the ranges", () => {
    const spec = {
      ipFamilyPolicy: "PreferDualStack",
      clusterIP: "10.96.0.10",
      clusterIPs: ["10.96.0.10", "fd00:10:97::7"],
    };
    expect(saidOf(update(manifest(spec), stored()).causes)).toEqual([
      { ...without(outside("fd00:10:97::7"), "field"), path: "spec.clusterIPs" },
    ]);
  });

  it("that stay are not looked at, wherever the ranges are by now", () => {
    const dual = stored({ ipFamilyPolicy: "RequireDualStack" });
    const cluster = { ...PROFILES.dual, serviceCIDRs: ["10.98.0.0/16", "fd00:10:98::/112"] };
    expect(saidOf(update(manifest(), stored(), { cluster }).causes)).toEqual([]);
    expect(saidOf(update(dual, dual, { cluster }).causes)).toEqual([]);
    const second = update(manifest({ ipFamilyPolicy: "PreferDualStack" }), stored(), { cluster });
    expect(saidOf(second.causes)).toEqual([]);
    expect(second.allocated).toEqual(["/spec/clusterIPs/1"]);
  });
});
