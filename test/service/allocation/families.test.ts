import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { create, manifest, saidOf, stored, update } from "#test/engine/ask.ts";

const IP4 = "10.96.0.7";
const IP6 = "fd00:10:96::7";
const PICK4 = "<allocated IPv4>";
const PICK6 = "<allocated IPv6>";
const POINTERS = ["/spec/clusterIP", "/spec/clusterIPs/0"];
const SECOND = "/spec/clusterIPs/1";
const headless = { clusterIP: "None" };
const selector = { app: "web" };

/** What of the stored spec is about families and addresses. */
function familySide(spec: Readonly<JsonObject> | undefined): unknown {
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = spec ?? {};
  return { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy };
}

describe("what a new Service is given", () => {
  interface Row {
    readonly name: string;
    readonly spec: JsonObject;
    readonly cluster?: keyof typeof PROFILES;
    readonly policy: string;
    readonly families: readonly string[];
    readonly ips: readonly string[];
    readonly allocated: readonly string[];
  }
  const rows: readonly Row[] = [
    {
      name: "one address, of the primary family",
      spec: {},
      policy: "SingleStack",
      families: ["IPv4"],
      ips: [PICK4],
      allocated: POINTERS,
    },
    {
      name: "that may be IPv6",
      spec: {},
      cluster: "dual6",
      policy: "SingleStack",
      families: ["IPv6"],
      ips: [PICK6],
      allocated: POINTERS,
    },
    {
      name: "on an IPv6 cluster it is",
      spec: {},
      cluster: "ipv6",
      policy: "SingleStack",
      families: ["IPv6"],
      ips: [PICK6],
      allocated: POINTERS,
    },
    {
      name: "the family that it names",
      spec: { ipFamilies: ["IPv6"] },
      policy: "SingleStack",
      families: ["IPv6"],
      ips: [PICK6],
      allocated: POINTERS,
    },
    {
      name: "the family of the address that it asks for",
      spec: { clusterIP: IP6 },
      policy: "SingleStack",
      families: ["IPv6"],
      ips: [IP6],
      allocated: [],
    },
    {
      name: "two, where it prefers to",
      spec: { ipFamilyPolicy: "PreferDualStack" },
      policy: "PreferDualStack",
      families: ["IPv4", "IPv6"],
      ips: [PICK4, PICK6],
      allocated: [...POINTERS, SECOND],
    },
    {
      name: "one, where it prefers two and the cluster has one",
      spec: { ipFamilyPolicy: "PreferDualStack" },
      cluster: "ipv4",
      policy: "PreferDualStack",
      families: ["IPv4"],
      ips: [PICK4],
      allocated: POINTERS,
    },
    {
      name: "two, the named one first",
      spec: { ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv6"] },
      policy: "RequireDualStack",
      families: ["IPv6", "IPv4"],
      ips: [PICK6, PICK4],
      allocated: [...POINTERS, SECOND],
    },
    {
      name: "the second beside the first that it asks for",
      spec: { ipFamilyPolicy: "PreferDualStack", clusterIP: IP6 },
      policy: "PreferDualStack",
      families: ["IPv6", "IPv4"],
      ips: [IP6, PICK4],
      allocated: [SECOND],
    },
    {
      name: "both that it asks for",
      spec: { ipFamilyPolicy: "PreferDualStack", clusterIP: IP4, clusterIPs: [IP4, IP6] },
      policy: "PreferDualStack",
      families: ["IPv4", "IPv6"],
      ips: [IP4, IP6],
      allocated: [],
    },
    {
      name: "a family each where it names one and asks for two addresses",
      spec: { ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4"], clusterIP: IP4, clusterIPs: [IP4, IP6] },
      policy: "PreferDualStack",
      families: ["IPv4", "IPv6"],
      ips: [IP4, IP6],
      allocated: [],
    },
    {
      name: "no address where it is headless",
      spec: { ...headless, selector },
      policy: "SingleStack",
      families: ["IPv4"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "both families where it is headless and prefers them",
      spec: { ...headless, selector, ipFamilyPolicy: "PreferDualStack" },
      policy: "PreferDualStack",
      families: ["IPv4", "IPv6"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "both families where it is headless and selects nothing",
      spec: headless,
      policy: "RequireDualStack",
      families: ["IPv4", "IPv6"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "on a single-stack cluster, too",
      spec: headless,
      cluster: "ipv6",
      policy: "RequireDualStack",
      families: ["IPv6", "IPv4"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "even one that the cluster lacks",
      spec: { ...headless, ipFamilies: ["IPv6"] },
      cluster: "ipv4",
      policy: "RequireDualStack",
      families: ["IPv6", "IPv4"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "unless it asks for one",
      spec: { ...headless, ipFamilyPolicy: "SingleStack" },
      policy: "SingleStack",
      families: ["IPv4"],
      ips: ["None"],
      allocated: [],
    },
    {
      name: "or names both, in its own order",
      spec: { ...headless, ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv6", "IPv4"] },
      policy: "RequireDualStack",
      families: ["IPv6", "IPv4"],
      ips: ["None"],
      allocated: [],
    },
  ];

  it.each(rows)("$name", ({ spec, cluster = "dual", policy, families, ips, allocated }) => {
    const answer = create(manifest(spec), { cluster: PROFILES[cluster] });
    expect(saidOf(answer.causes)).toEqual([]);
    expect(familySide({ ...answer.stored?.spec })).toEqual({
      clusterIP: ips[0],
      clusterIPs: ips,
      ipFamilies: families,
      ipFamilyPolicy: policy,
    });
    expect(answer.allocated).toEqual(allocated);
  });

  it("an ExternalName is given none of it", () => {
    const answer = create(manifest({ type: "ExternalName", externalName: "db.example.com" }));
    expect(familySide({ ...answer.stored?.spec })).toEqual({});
    expect(answer.allocated).toEqual([]);
  });
});

describe("a cluster without ranges that can be read", () => {
  const cluster = { ...PROFILES.dual, serviceCIDRs: ["10.96.0.0", "web"] };

  it("gives neither families nor addresses", () => {
    const answer = create(manifest(), { cluster });
    expect(answer.stored?.spec.ipFamilies).toEqual([]);
    expect(answer.stored?.spec.clusterIPs).toEqual([]);
    expect(answer.stored?.spec).not.toHaveProperty("clusterIP");
    expect(answer.allocated).toEqual([]);
  });
});

describe("the families of an update", () => {
  const prefer = { ipFamilyPolicy: "PreferDualStack" };
  const [first, second] = ["10.96.0.10", "fd00:10:96::10"];
  const lost = (found: string, other: string): JsonObject => ({
    code: "downgrade-without-single-stack",
    path: "spec.ipFamilyPolicy",
    reason: "FieldValueInvalid",
    found,
    other: `spec.${other}`,
  });

  interface Row {
    readonly name: string;
    readonly old: JsonObject;
    readonly spec: JsonObject;
    readonly ips: readonly string[];
    readonly families: readonly string[];
    readonly policy: string;
    readonly allocated: readonly string[];
  }
  const both = ["IPv4", "IPv6"];
  const rows: readonly Row[] = [
    {
      name: "stay where nothing is said of them",
      old: prefer,
      spec: {},
      ips: [first, second],
      families: both,
      policy: "PreferDualStack",
      allocated: [],
    },
    {
      name: "stay where all is said",
      old: prefer,
      spec: { ...prefer, clusterIP: first, clusterIPs: [first, second], ipFamilies: both },
      ips: [first, second],
      families: both,
      policy: "PreferDualStack",
      allocated: [],
    },
    {
      name: "gain the second with PreferDualStack",
      old: {},
      spec: prefer,
      ips: [first, PICK6],
      families: both,
      policy: "PreferDualStack",
      allocated: [SECOND],
    },
    {
      name: "gain the second that is asked for",
      old: {},
      spec: { ...prefer, clusterIP: first, clusterIPs: [first, IP6] },
      ips: [first, IP6],
      families: both,
      policy: "PreferDualStack",
      allocated: [],
    },
    {
      name: "lose the second with SingleStack",
      old: prefer,
      spec: { ipFamilyPolicy: "SingleStack" },
      ips: [first],
      families: ["IPv4"],
      policy: "SingleStack",
      allocated: [],
    },
    {
      name: "lose it where all is said but the policy, too",
      old: prefer,
      spec: { ipFamilyPolicy: "SingleStack", clusterIP: first, clusterIPs: [first, second], ipFamilies: both },
      ips: [first],
      families: ["IPv4"],
      policy: "SingleStack",
      allocated: [],
    },
    {
      name: "may change from one dual-stack policy to the other",
      old: prefer,
      spec: { ipFamilyPolicy: "RequireDualStack" },
      ips: [first, second],
      families: both,
      policy: "RequireDualStack",
      allocated: [],
    },
  ];

  it.each(rows)("$name", ({ old, spec, ips, families, policy, allocated }) => {
    const answer = update(manifest(spec), stored(old));
    expect(saidOf(answer.causes)).toEqual([]);
    expect(familySide({ ...answer.stored?.spec })).toEqual({
      clusterIP: ips[0],
      clusterIPs: ips,
      ipFamilies: families,
      ipFamilyPolicy: policy,
    });
    expect(answer.allocated).toEqual(allocated);
  });

  it.each<{ name: string; spec: JsonObject; want: JsonObject[] }>([
    {
      name: "the second address does not go in silence",
      spec: { ...prefer, clusterIP: first, clusterIPs: [first] },
      want: [lost("PreferDualStack", "clusterIPs")],
    },
    {
      name: "nor the second family, whether the policy is said or not",
      spec: { ipFamilies: ["IPv4"] },
      want: [lost("PreferDualStack", "ipFamilies")],
    },
    {
      name: "nor both",
      spec: { clusterIP: first, clusterIPs: [first], ipFamilies: ["IPv4"] },
      want: [lost("PreferDualStack", "clusterIPs"), lost("PreferDualStack", "ipFamilies")],
    },
    {
      name: "nor by becoming headless",
      spec: { ...headless, selector },
      want: [lost("PreferDualStack", "clusterIPs")],
    },
    {
      name: "SingleStack drops nothing where two other addresses are asked for",
      spec: { ipFamilyPolicy: "SingleStack", clusterIP: first, clusterIPs: [first, IP6] },
      want: [{ ...lost("SingleStack", "clusterIPs"), code: "single-stack-with-two" }],
    },
    {
      name: "both go with SingleStack",
      spec: { ipFamilyPolicy: "SingleStack", clusterIP: first, clusterIPs: [first], ipFamilies: ["IPv4"] },
      want: [],
    },
  ])("$name", ({ spec, want }) => {
    expect(saidOf(update(manifest(spec), stored(prefer)).causes)).toEqual(want);
  });

  it("a headless Service keeps its own first family with SingleStack, unless it names two others", () => {
    const old = stored({ ...headless, selector, ...prefer, ipFamilies: ["IPv6", "IPv4"] });
    const next = { ...old, spec: { ...old.spec, ipFamilyPolicy: "SingleStack" } };
    expect(update(next, old).stored?.spec.ipFamilies).toEqual(["IPv6"]);
    const swapped = { ...next, spec: { ...next.spec, ipFamilies: ["IPv4", "IPv6"] } };
    expect(saidOf(update(swapped, old).causes)).toEqual([
      { ...lost("SingleStack", "ipFamilies"), code: "single-stack-with-two" },
    ]);
  });

  it("a PreferDualStack Service sent as it is stays as it is, when the cluster gains or loses a family", () => {
    const dual = stored(prefer);
    const before = stored(prefer, {}, { cluster: PROFILES.ipv4 });
    expect(update(before, before).stored?.spec).toEqual(before.spec);
    expect(update(dual, dual, { cluster: PROFILES.ipv4 }).stored?.spec).toEqual(dual.spec);
  });

  it("and gains the second when it leaves its families open", () => {
    const before = stored(prefer, {}, { cluster: PROFILES.ipv4 });
    expect(update(manifest(prefer), before).allocated).toEqual([SECOND]);
  });

  it.each<{ name: string; spec: JsonObject; codes: readonly string[] }>([
    {
      name: "by its addresses",
      spec: { ipFamilyPolicy: "RequireDualStack" },
      codes: ["address-family-not-in-cluster"],
    },
    {
      name: "by its families",
      spec: { ipFamilyPolicy: "RequireDualStack", ipFamilies: both },
      codes: ["single-stack-cluster", "family-not-in-cluster"],
    },
  ])("any other is held to what the cluster has by now: $name", ({ spec, codes }) => {
    const answer = update(manifest(spec), stored(prefer), { cluster: PROFILES.ipv4 });
    expect(answer.causes.map(({ code }) => code)).toEqual(codes);
  });
});
