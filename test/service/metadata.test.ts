import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import type { Finding } from "#src/service/findings/finding.ts";
import type { Service } from "#src/service/schema/types.ts";
import { create, manifest, said, stored, update, writeStatus } from "../engine/ask.ts";

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

describe("the metadata of a stored object", () => {
  const CASES: readonly { name: string; metadata: JsonObject; want: readonly string[] }[] = [
    { name: "nothing to say", metadata: {}, want: [] },
    { name: "a label's value", metadata: { labels: { a: "b c" } }, want: ["label-value"] },
    { name: "an annotation's key", metadata: { annotations: { "a b": "" } }, want: ["annotation-key"] },
    {
      name: "an owner without a name",
      metadata: { ownerReferences: [{ apiVersion: "v1", kind: "Pod", uid: "u" }] },
      want: ["owner-field-empty"],
    },
    { name: "a finalizer without a prefix", metadata: { finalizers: ["f"] }, want: ["finalizer-unqualified"] },
    { name: "a finalizer that is no name", metadata: { finalizers: ["a/b/c"] }, want: ["finalizer-format"] },
    {
      name: "finalizers that contradict each other",
      metadata: { finalizers: ["orphan", "foregroundDeletion"] },
      want: ["finalizers-conflict"],
    },
    { name: "a prefix for names that would not do for a new Service", metadata: { generateName: "Web-" }, want: [] },
    { name: "a prefix that cannot stand in a URL", metadata: { generateName: "a/b" }, want: ["name-in-path"] },
    { name: "another uid", metadata: { uid: "u2" }, want: ["uid-conflict"] },
    { name: "a time of deletion", metadata: { deletionTimestamp: "2027-01-01T00:00:00Z" }, want: ["immutable"] },
    { name: "a generation is the server's to count", metadata: { generation: -1 }, want: [] },
  ];

  // Made in the tests: what breaks it fails them, and not the reading of this file.
  const old = (): Service => ({ ...stored(), metadata: { ...stored().metadata, uid: "u1" } });
  it.each(CASES)("is looked at in an update: $name", ({ metadata, want }) => {
    expect(codes(update(manifest({}, metadata), old()).causes)).toEqual(want);
  });

  it.each(CASES)("is looked at in a write of the status: $name", ({ metadata, want }) => {
    expect(codes(writeStatus(manifest({}, metadata), old()).causes)).toEqual(want);
  });

  it("keeps the time at which its deletion was asked for, and its generation", () => {
    const deleted = {
      ...old(),
      metadata: { ...old().metadata, generation: 3, deletionTimestamp: "2027-01-01T00:00:00Z" },
    };
    const answer = update(manifest({}, { generation: 7, deletionTimestamp: "2028-01-01T00:00:00Z" }), deleted);
    expect(answer.stored?.metadata).toMatchObject({ generation: 3, deletionTimestamp: "2027-01-01T00:00:00Z" });
  });
});

describe("the metadata of a new object", () => {
  it("has nothing that is the server's own, before anybody sees it", () => {
    const metadata = {
      uid: "u",
      selfLink: "/x",
      creationTimestamp: "2027-01-01T00:00:00Z",
      deletionTimestamp: "2027-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 30,
    };
    expect(create(manifest({}, metadata)).defaulted?.metadata).toEqual({ name: "web", namespace: "default" });
  });

  it.each([
    { name: "another generation than a natural one", metadata: { generation: -1 }, want: ["negative"] },
    { name: "a prefix for names in capitals", metadata: { generateName: "Web-" }, want: ["name-format"] },
    {
      name: "an Event of the core group as owner",
      metadata: { ownerReferences: [owner({ apiVersion: "/v1", kind: "Event" })] },
      want: ["owner-forbidden"],
    },
    {
      name: "an Event of another group as owner",
      metadata: { ownerReferences: [owner({ apiVersion: "a/v1", kind: "Event" })] },
      want: [],
    },
  ])("$name", ({ metadata, want }) => {
    expect(codes(create(manifest({}, metadata)).causes)).toEqual(want);
  });

  it("an address is held by the name that will be drawn", () => {
    const answer = create({ ...manifest(), metadata: { generateName: "." } });
    expect(codes(answer.causes)).toEqual(["name-format", "name-format"]);
  });
});

function owner(fields: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "Pod", name: "p", uid: "u", ...fields };
}

describe("an owner that stands in the list twice", () => {
  const repeated = { code: "duplicate-owner", path: "metadata.ownerReferences", found: ["p"] };
  it.each([
    { name: "is dropped", owners: [owner({}), owner({})], kept: 1, warnings: [repeated] },
    { name: "wherever it stands", owners: [owner({}), owner({ uid: "v" }), owner({})], kept: 2, warnings: [repeated] },
    {
      name: "unless they differ in anything",
      owners: [owner({}), owner({ controller: false })],
      kept: 2,
      warnings: [],
    },
    {
      name: "so one controller is one",
      owners: [owner({ controller: true }), owner({ controller: true })],
      kept: 1,
      warnings: [repeated],
    },
  ])("$name", ({ owners, kept, warnings }) => {
    for (const answer of [
      create(manifest({}, { ownerReferences: owners })),
      update(manifest({}, { ownerReferences: owners }), stored()),
    ]) {
      expect(answer.decision).toEqual({ allowed: true });
      expect(answer.defaulted?.metadata.ownerReferences).toHaveLength(kept);
      expect(answer.warnings.map(said)).toEqual(warnings);
    }
  });
});

describe("a write of the status warns of addresses that are not canonical", () => {
  it.each([
    { ip: "2001:db8::9", want: [] },
    {
      ip: "2001:DB8::9",
      want: [
        {
          code: "address-not-canonical",
          path: "status.loadBalancer.ingress[0].ip",
          found: "2001:DB8::9",
          other: "2001:db8::9",
        },
      ],
    },
  ])("$ip", ({ ip, want }) => {
    const balancer = stored({ type: "LoadBalancer" });
    const answer = writeStatus({ ...balancer, status: { loadBalancer: { ingress: [{ ip }] } } }, balancer);
    expect(answer.decision).toEqual({ allowed: true });
    expect(answer.warnings.map(said)).toEqual(want);
  });
});

describe("a load balancer's port 10250, the kubelet's", () => {
  it.each([
    { version: { minor: 32 }, want: ["kubelet-port"] },
    { version: { minor: 33 }, want: [] },
  ])("in 1.$version.minor", ({ version, want }) => {
    expect(codes(create(manifest({ type: "LoadBalancer", ports: [{ port: 10250 }] }), { version }).causes)).toEqual(
      want,
    );
  });
});
