import { describe, expect, it } from "@jest/globals";
import type { Judgement } from "#src/engine/judge.ts";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, type Options, stored, update, writeStatus } from "#test/engine/ask.ts";

/** What a server of 1.36 answers to what hardly anybody writes. */
const answerOf = ({ decision, causes }: Judgement): unknown =>
  decision.allowed ? "allowed" : [decision.code, ...causes.map(({ code, path }) => `${code} ${path.toString()}`)];

const manager = (entry: JsonObject): JsonObject => ({
  managedFields: [
    { manager: "me", operation: "Update", apiVersion: "v1", fieldsType: "FieldsV1", fieldsV1: LABEL, ...entry },
  ],
});

/** The labels, which the write does not set: the entry stays. */
const LABEL = { "f:metadata": { "f:labels": { "f:a": {} } } };

const balancer = (ranges: readonly string[]): JsonObject => ({
  type: "LoadBalancer",
  loadBalancerSourceRanges: ranges,
});
const ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";

describe("a new object", () => {
  it.each<{ name: string; spec?: JsonObject; metadata?: JsonObject; options?: Options; want: unknown }>([
    {
      name: "a generateName of which half a character is left",
      metadata: { generateName: "é-" },
      want: [422, "name-format metadata.generateName"],
    },
    {
      name: "a manager with control characters",
      metadata: manager({ manager: "a\u0007" }),
      want: [422, "manager-not-printable metadata.managedFields[0].manager"],
    },
    { name: "a manager of 128 bytes", metadata: manager({ manager: "é".repeat(64) }), want: "allowed" },
    {
      name: "a longer manager",
      metadata: manager({ manager: `${"é".repeat(64)}a` }),
      want: [422, "text-too-long metadata.managedFields[0].manager"],
    },
    {
      name: "a long subresource",
      metadata: manager({ subresource: "s".repeat(257) }),
      want: [422, "text-too-long metadata.managedFields[0].subresource"],
    },
    {
      name: "managers that the server drops",
      metadata: manager({ manager: "a\u0007", operation: "Set" }),
      want: "allowed",
    },
    {
      name: "a range with a byte order mark behind it",
      spec: balancer(["10.0.0.0/8\ufeff"]),
      want: [422, "cidr-format spec.loadBalancerSourceRanges[0]"],
    },
    { name: "a range with U+0085 behind it", spec: balancer(["10.0.0.0/8\u0085"]), want: "allowed" },
    {
      name: "the annotation with a byte order mark",
      spec: { type: "LoadBalancer" },
      metadata: { annotations: { [ANNOTATION]: "10.0.0.0/8\ufeff" } },
      want: [422, `cidr-format metadata.annotations[${ANNOTATION}]`],
    },
    { name: "an annotation key with U+0130", metadata: { annotations: { "\u0130/a": "" } }, want: "allowed" },
    ...["x", "-1", "1.0", "00", "0", "99999999999999999999", "9".repeat(100)].map((resourceVersion) => ({
      name: `the resourceVersion ${resourceVersion}`,
      metadata: { resourceVersion },
      want: "allowed",
    })),
    {
      name: "a resourceVersion",
      metadata: { resourceVersion: "1" },
      want: [500, "resource-version-on-create metadata.resourceVersion"],
    },
    {
      name: "a name that cannot hold an address, before 1.36",
      metadata: { name: "a%20b" },
      options: { version: { minor: 35 } },
      want: [500, "picked-without-name spec.clusterIPs"],
    },
    {
      name: "a name that cannot hold an address",
      metadata: { name: "a%20b" },
      want: [422, "address-without-name spec.clusterIPs"],
    },
    {
      name: "a body of more than 3 MiB",
      options: { bodyBytes: 3 * 1024 * 1024 + 1 },
      want: [413, "body-too-large "],
    },
    { name: "a body of 3 MiB", options: { bodyBytes: 3 * 1024 * 1024 }, want: "allowed" },
  ])("$name", ({ spec, metadata, options, want }) => {
    expect(answerOf(create(manifest(spec, metadata), options))).toEqual(want);
  });

  const portsOf = (count: number): JsonObject => ({
    type: "NodePort",
    ports: Array.from({ length: count }, (_, i) => ({ name: `p${i}`, port: 1 + i })),
  });

  it("has no more node ports than there are; a dry run does not count them", () => {
    expect(answerOf(create(manifest(portsOf(2768))))).toBe("allowed");
    expect(answerOf(create(manifest(portsOf(2769))))).toEqual([500, "node-ports-exhausted spec.ports[2768].nodePort"]);
    expect(answerOf(create(manifest(portsOf(2769)), { dryRun: true }))).toBe("allowed");
  });

  it("that is larger than etcd takes fails; a dry run does not reach it", () => {
    const labels = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${"l".repeat(50)}${i}`, "v".repeat(60)]));
    const ask = (count: number, options: Options = {}): unknown =>
      answerOf(create(manifest({}, { labels: labels(count) }), { bodyBytes: count * 120, ...options }));
    expect(ask(12_000)).toBe("allowed");
    expect(ask(14_000)).toEqual([500, "object-too-large "]);
    expect(ask(14_000, { dryRun: true })).toBe("allowed");
  });

  it("that is applied by the server keeps its time of deletion", () => {
    const metadata = { deletionTimestamp: "2027-01-01T00:00:00Z", deletionGracePeriodSeconds: 30 };
    expect(create(manifest({}, metadata)).defaulted?.metadata).toEqual({ name: "web", namespace: "default" });
    const { defaulted } = create(manifest({}, metadata), { method: "apply" });
    expect(defaulted?.metadata).toEqual({ ...metadata, name: "web", namespace: "default" });
  });
});

describe("a server-side apply that creates", () => {
  it.each([
    { metadata: { uid: "u" }, want: [409, "uid-conflict metadata.uid"] },
    { metadata: { resourceVersion: "7" }, want: "allowed" },
    { metadata: { resourceVersion: "x" }, want: [500, "resource-version-format metadata.resourceVersion"] },
  ])("with $metadata", ({ metadata, want }) => {
    expect(answerOf(create(manifest({}, metadata), { method: "apply" }))).toEqual(want);
  });
});

describe("an update", () => {
  const old = { ...stored(), metadata: { ...stored().metadata, uid: "u1", resourceVersion: "7" } };
  it.each<{ metadata: JsonObject; want: unknown }>([
    { metadata: { uid: "u1", resourceVersion: "7" }, want: "allowed" },
    { metadata: { uid: "u2" }, want: [409, "uid-conflict metadata.uid"] },
    { metadata: { resourceVersion: "6" }, want: [409, "stale-resource-version metadata.resourceVersion"] },
    { metadata: { resourceVersion: "007" }, want: "allowed" },
    { metadata: { resourceVersion: "0" }, want: "allowed" },
    { metadata: { resourceVersion: "x" }, want: [500, "resource-version-format metadata.resourceVersion"] },
    { metadata: { resourceVersion: "-1" }, want: [500, "resource-version-format metadata.resourceVersion"] },
  ])("with $metadata", ({ metadata, want }) => {
    expect(answerOf(update(manifest({}, metadata), old))).toEqual(want);
    expect(answerOf(writeStatus(manifest({}, metadata), old))).toEqual(want);
  });

  it("that is a conflict tells what else is wrong, if all is asked for", () => {
    const answer = update(manifest({ type: "Foo" }, { uid: "u2" }), old, { allStages: true });
    expect(answerOf(answer)).toEqual([409, "uid-conflict metadata.uid", "unsupported-value spec.type"]);
  });

  it("drops selfLink; a dry run still shows it", () => {
    const storedBy = (dryRun: boolean): object | undefined =>
      update(manifest({}, { selfLink: "/x" }), stored(), { dryRun }).stored?.metadata;
    expect(storedBy(false)).not.toHaveProperty("selfLink");
    expect(storedBy(true)).toHaveProperty("selfLink", "/x");
  });

  it("is not compared with what is stored where the server does so itself", () => {
    const metadata = { resourceVersion: "6" };
    expect(answerOf(update(manifest({}, metadata), old, { passPreconditions: true }))).toEqual("allowed");
  });

  it("that is a patch with another uid gets as far as validation", () => {
    expect(answerOf(update(manifest({}, { uid: "u2" }), old, { method: "patch" }))).toEqual([
      422,
      "immutable metadata.uid",
    ]);
  });

  it("may take a health check port that an ExternalName names as a node port, since nothing holds it", () => {
    const alias = stored({
      type: "ExternalName",
      externalName: "db.example.com",
      ports: [{ port: 80, nodePort: 30080 }],
    });
    const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30080 };
    expect(answerOf(update(manifest(spec), alias))).toBe("allowed");
  });
});

describe("the zero time", () => {
  const ZERO = "0001-01-01T00:00:00Z";
  it("is null where a time may be absent, and no time where it may not", () => {
    const { defaulted } = create(manifest({}, manager({ time: ZERO })));
    expect(defaulted?.metadata.managedFields?.[0]).toHaveProperty("time", null);
    expect(update(manifest({}, { creationTimestamp: ZERO }), stored()).defaulted?.metadata).not.toHaveProperty(
      "creationTimestamp",
    );
  });

  it("may lie before the year 0 or after 9999 in UTC, but not be written so", () => {
    const time = (text: string): Judgement => create(manifest({}, manager({ time: text })));
    expect(time("9999-12-31T23:59:59-01:00").defaulted?.metadata.managedFields?.[0]?.time).toBe(
      "10000-01-01T00:59:59Z",
    );
    expect(answerOf(time("10000-01-01T00:59:59Z"))).toEqual([400, "wrong-time metadata.managedFields[0].time"]);
  });
});
