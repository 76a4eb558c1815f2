import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CHECK_RULES } from "#src/examine/findings/rule-texts.ts";
import { findingsOf, type ShortFinding } from "./findings-of.ts";

const RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

interface Row {
  readonly name: string;
  readonly metadata?: object;
  readonly spec: object;
  /** The spec of the manifest before, where it is an update. */
  readonly before?: object;
  /** `RULE FIELD: the message contains this` of each finding. */
  readonly want: readonly (readonly [string, string])[];
}

const PORTS = { selector: { app: "web" }, ports: [{ port: 80 }] };

const ROWS: readonly Row[] = [
  { name: "nothing", spec: PORTS, want: [] },
  {
    name: "an IPv4 address as external name",
    spec: { type: "ExternalName", externalName: "192.0.2.1" },
    want: [["external-name-address spec.externalName", "cluster DNS does not resolve"]],
  },
  { name: "a name as external name", spec: { type: "ExternalName", externalName: "db.example.com" }, want: [] },
  {
    name: "traffic distribution of a headless Service",
    spec: { ...PORTS, clusterIP: "None", trafficDistribution: "PreferSameZone" },
    want: [["no-effect spec.trafficDistribution", "headless"]],
  },
  {
    name: "traffic distribution of another Service",
    spec: { ...PORTS, trafficDistribution: "PreferSameZone" },
    want: [],
  },
  {
    name: "source ranges in the field and in the annotation",
    metadata: { annotations: { [RANGES]: "10.0.0.0/8" } },
    spec: { ...PORTS, type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"] },
    want: [[`no-effect metadata.annotations[${RANGES}]`, "beside spec.loadBalancerSourceRanges"]],
  },
  {
    name: "source ranges in the annotation only",
    metadata: { annotations: { [RANGES]: "10.0.0.0/8" } },
    spec: { ...PORTS, type: "LoadBalancer" },
    want: [],
  },
  {
    name: "clusterIP: None that is taken away",
    spec: PORTS,
    before: { ...PORTS, clusterIP: "None" },
    want: [["stays-headless spec", "stays headless"]],
  },
  {
    name: "clusterIP: None that is kept",
    spec: { ...PORTS, clusterIP: "None" },
    before: { ...PORTS, clusterIP: "None" },
    want: [],
  },
  {
    name: "the time of an affinity that is off",
    spec: { ...PORTS, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
    want: [["field-cleared spec.sessionAffinityConfig", "sessionAffinity is not ClientIP"]],
  },
  {
    name: "the time of an affinity that is on",
    spec: { ...PORTS, sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
    want: [],
  },
  {
    name: "an annotation that its controller does not read",
    metadata: { annotations: { "metallb.io/pool": "public" } },
    spec: { ...PORTS, type: "LoadBalancer" },
    want: [["controller-annotation metadata.annotations[metallb.io/pool]", "MetalLB"]],
  },
];

function manifestOf(index: number, spec: object, metadata: object = {}): object {
  return { apiVersion: "v1", kind: "Service", metadata: { name: `s${index}`, ...metadata }, spec };
}

describe("what the server accepts, and does not do as its author expects", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-outcomes-"));
  let found: readonly ShortFinding[] = [];

  beforeAll(async () => {
    const old = join(folder, "old.yaml");
    writeFileSync(
      old,
      ROWS.map(({ before }, i) => `---\n${JSON.stringify(before && manifestOf(i, before))}\n`).join(""),
    );
    const manifests = ROWS.map(({ spec, metadata }, i) => manifestOf(i, spec, metadata));
    found = await findingsOf(manifests, "--against", old);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(ROWS.map((row, i) => ({ ...row, i })))("$name", ({ want, i }) => {
    const own = found.filter(({ service }) => service === `s${i}`);
    expect(own.map(({ summary }) => summary)).toEqual(want.map(([summary]) => `warning ${summary}`));
    for (const [k, { message }] of own.entries()) expect(message).toContain(want[k]?.[1]);
  });

  it("has a row for each kind of outcome", () => {
    const shown = new Set(ROWS.flatMap(({ want }) => want.map(([summary]) => summary.split(" ")[0])));
    const kinds = ["external-name-address", "no-effect", "field-cleared", "stays-headless", "controller-annotation"];
    expect([...shown].sort()).toEqual([...kinds].sort());
    expect(kinds.filter((kind) => !Object.hasOwn(CHECK_RULES, kind))).toEqual([]);
  });
});

describe("an annotation that a policy judges", () => {
  const manifest = (annotations: object) =>
    manifestOf(0, { ...PORTS, type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"] }, { annotations });

  it.each([
    { annotations: {}, want: ["warning policy/controller-annotations metadata.annotations[metallb.io/pool]"] },
    {
      annotations: { "exempt.fairlead.dev/controller-annotations": "read by our own controller" },
      want: ["warning policy/controller-annotations metadata.annotations[metallb.io/pool]"],
    },
  ])("is found by it alone: $annotations", async ({ annotations, want }) => {
    const found = await findingsOf([manifest({ "metallb.io/pool": "public", ...annotations })], "--policy", "advice");
    expect(found.map(({ summary }) => summary)).toEqual(want);
  });
});
