import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, saidOf, stored, update, writeStatus } from "#test/engine/ask.ts";

const OWNER = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "u" };
const name = (found: string, path = "metadata.name", startsWith = "a letter or digit"): JsonObject => ({
  code: "name-format",
  path,
  reason: "FieldValueInvalid",
  found,
  startsWith,
});
const invalid = (code: string, path: string, found: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path,
  reason: "FieldValueInvalid",
  found,
  ...more,
});

describe("a Service's name", () => {
  const v135 = { version: { minor: 35 } };
  it.each([
    { rule: "is needed", metadata: { name: "" }, options: {}, want: [missingName()] },
    { rule: "is a DNS label", metadata: { name: "Web" }, options: {}, want: [name("Web")] },
    { rule: "may start with a digit", metadata: { name: "2web" }, options: {}, want: [] },
    {
      rule: "starts with a letter before 1.36",
      metadata: { name: "2web" },
      options: v135,
      want: [name("2web", "metadata.name", "a letter")],
    },
    { rule: "may be generated", metadata: { name: "", generateName: "web-" }, options: {}, want: [] },
    {
      rule: "is generated from what starts a name, of any length",
      metadata: { name: "", generateName: `${"w".repeat(60)}-` },
      options: {},
      want: [],
    },
    {
      rule: "is generated from nothing else: both the prefix and the name are wrong",
      metadata: { name: "", generateName: "Web-" },
      options: {},
      want: [name("Web-", "metadata.generateName"), name("Web-abcde")],
    },
    {
      rule: "is not generated from a prefix that is longer than a name",
      metadata: { name: "", generateName: "w".repeat(64) },
      options: {},
      want: [name("w".repeat(64), "metadata.generateName")],
    },
    {
      rule: "has its prefix looked at where the name is given, too",
      metadata: { name: "web", generateName: "-" },
      options: {},
      want: [name("-", "metadata.generateName")],
    },
  ])("$rule", ({ metadata, options, want }) => {
    expect(saidOf(create(manifest({ clusterIP: "None" }, metadata), options).causes)).toEqual(want);
  });
});

function missingName(): JsonObject {
  return { code: "name-required", path: "metadata.name", reason: "FieldValueRequired" };
}

describe("metadata", () => {
  const labels = "metadata.labels";
  const annotations = "metadata.annotations";
  it.each<{ rule: string; metadata: JsonObject; want: JsonObject[] }>([
    {
      rule: "a generation is not negative",
      metadata: { generation: -1 },
      want: [invalid("negative", "metadata.generation", -1)],
    },
    { rule: "a generation may be 0", metadata: { generation: 0 }, want: [] },
    { rule: "or more", metadata: { generation: 7 }, want: [] },
    { rule: "labels are qualified names with short values", metadata: { labels: { "example.com/a": "b" } }, want: [] },
    {
      rule: "a label's key is a qualified name; the server names the map",
      metadata: { labels: { "a/b/c": "d" } },
      want: [invalid("label-key", `${labels}[a/b/c]`, "a/b/c", { field: labels })],
    },
    {
      rule: "a label's value is short and plain",
      metadata: { labels: { a: "b c" } },
      want: [invalid("label-value", `${labels}[a]`, "b c", { field: labels })],
    },
    {
      rule: "an annotation's key is a qualified name",
      metadata: { annotations: { "a b": "" } },
      want: [invalid("annotation-key", `${annotations}[a b]`, "a b", { field: annotations })],
    },
    { rule: "with capitals in its prefix, too", metadata: { annotations: { "Example.com/A": "" } }, want: [] },
    {
      rule: "an owner has a version, with or without a group",
      metadata: { ownerReferences: [OWNER, { ...OWNER, apiVersion: "v1" }] },
      want: [],
    },
    ...["", "apps/", "/", "a/b/c"].map((apiVersion) => ({
      rule: `an owner's API version is not "${apiVersion}"; the server does not say whose`,
      metadata: { ownerReferences: [OWNER, { ...OWNER, apiVersion }] },
      want: [
        invalid("owner-api-version", "metadata.ownerReferences[1].apiVersion", apiVersion, {
          field: "metadata.ownerReferences.apiVersion",
        }),
      ],
    })),
    {
      rule: "an owner has a kind, a name and a uid",
      metadata: { ownerReferences: [{ apiVersion: "v1" }] },
      want: ["kind", "name", "uid"].map((field) =>
        invalid("owner-field-empty", `metadata.ownerReferences[0].${field}`, "", {
          field: `metadata.ownerReferences.${field}`,
        }),
      ),
    },
    {
      rule: "an Event owns nothing",
      metadata: { ownerReferences: [{ ...OWNER, apiVersion: "v1", kind: "Event" }] },
      want: [invalid("owner-forbidden", "metadata.ownerReferences[0]", "Event", { field: "metadata.ownerReferences" })],
    },
    {
      rule: "but something else may be called an Event, and v1 has other kinds",
      metadata: {
        ownerReferences: [
          { ...OWNER, kind: "Event" },
          { ...OWNER, apiVersion: "v1", kind: "Pod" },
        ],
      },
      want: [],
    },
    {
      rule: "the server does not say which owner, of a dozen neither",
      metadata: { ownerReferences: Array.from({ length: 12 }, (_, i) => ({ ...OWNER, uid: i === 11 ? "" : `u${i}` })) },
      want: [
        invalid("owner-field-empty", "metadata.ownerReferences[11].uid", "", { field: "metadata.ownerReferences.uid" }),
      ],
    },
    {
      rule: "one owner is the controller, the others are not",
      metadata: { ownerReferences: [{ ...OWNER, controller: true }, { ...OWNER, controller: false }, OWNER] },
      want: [],
    },
    {
      rule: "two owners are not both the controller",
      metadata: {
        ownerReferences: [
          { ...OWNER, name: "a", controller: true },
          { ...OWNER, name: "b" },
          { ...OWNER, name: "c", controller: true },
        ],
      },
      want: [invalid("two-controllers", "metadata.ownerReferences", ["a", "c"])],
    },
    {
      rule: "a finalizer has a prefix, or is one of the server's own",
      metadata: { finalizers: ["example.com/a", "kubernetes", "orphan"] },
      want: [],
    },
    { rule: "the third of these", metadata: { finalizers: ["foregroundDeletion"] }, want: [] },
    {
      rule: "a finalizer without a prefix",
      metadata: { finalizers: ["example.com/a", "b"] },
      want: [
        invalid("finalizer-unqualified", "metadata.finalizers[1]", "b", {
          allowed: ["kubernetes", "orphan", "foregroundDeletion"],
        }),
      ],
    },
    {
      rule: "a finalizer that is no qualified name",
      metadata: { finalizers: ["/a"] },
      want: [invalid("finalizer-format", "metadata.finalizers[0]", "/a", { field: "metadata.finalizers" })],
    },
    {
      rule: "dependents are either orphaned or deleted first",
      metadata: { finalizers: ["orphan", "foregroundDeletion"] },
      want: [invalid("finalizers-conflict", "metadata.finalizers", ["orphan", "foregroundDeletion"])],
    },
  ])("$rule", ({ metadata, want }) => {
    expect(saidOf(create(manifest({}, metadata)).causes)).toEqual(want);
  });

  it("a namespace is a DNS label", () => {
    const facts = { namespace: "Shop", today: "2027-01-01" };
    expect(saidOf(create(manifest(), { facts }).causes)).toEqual([
      invalid("namespace-format", "metadata.namespace", "Shop"),
    ]);
  });
});

describe("annotations take up to 256 KiB in UTF-8, keys and values together", () => {
  it.each([
    { text: "one byte a character", char: "a", bytes: 1 },
    { text: "the last of one byte", char: "\u007f", bytes: 1 },
    { text: "the first of two bytes", char: "\u0080", bytes: 2 },
    { text: "the last of two bytes", char: "\u07ff", bytes: 2 },
    { text: "the first of three bytes", char: "\u0800", bytes: 3 },
    { text: "the last of three bytes", char: "\uffff", bytes: 3 },
    { text: "four bytes", char: "\u{10000}", bytes: 4 },
  ])("$text", ({ char, bytes }) => {
    const max = 256 * 1024;
    const key = "key".padEnd(4 + (max % bytes), "y");
    const fits = char.repeat(Math.floor((max - key.length) / bytes));
    const rest = "a".repeat(max - key.length - Math.floor((max - key.length) / bytes) * bytes);
    const causes = (value: string): JsonObject[] =>
      saidOf(create(manifest({}, { annotations: { [key]: value + rest } })).causes);
    expect(causes(fits)).toEqual([]);
    expect(causes(`${fits}a`)).toEqual([
      {
        code: "annotations-too-long",
        path: "metadata.annotations",
        reason: "FieldValueTooLong",
        found: max + 1,
        max,
      },
    ]);
  });
});

describe("an update", () => {
  const old = (metadata: JsonObject): object => ({ ...stored(), metadata: { ...stored().metadata, ...metadata } });
  it.each([
    { rule: "gives no uid", field: "uid", was: undefined, is: "v" },
    { rule: "keeps the grace period", field: "deletionGracePeriodSeconds", was: 30, is: 0 },
  ])("$rule", ({ field, was, is }) => {
    const before = old(was === undefined ? {} : { [field]: was });
    expect(saidOf(update(manifest({}, { [field]: is }), before).causes)).toEqual([
      invalid("immutable", `metadata.${field}`, is, was === undefined ? {} : { other: String(was) }),
    ]);
  });

  it.each(["uid", "deletionTimestamp", "deletionGracePeriodSeconds", "creationTimestamp"])(
    "may leave the server's own %s out",
    (field) => {
      const was = field === "uid" ? "u" : field === "deletionGracePeriodSeconds" ? 30 : "2027-01-01T00:00:00Z";
      const answer = update(manifest(), old({ [field]: was }));
      expect(saidOf(answer.causes)).toEqual([]);
      expect(answer.stored?.metadata).toHaveProperty(field, was);
    },
  );

  it("cannot move the time of creation, and is not told so", () => {
    const answer = update(
      manifest({}, { creationTimestamp: "2027-02-02T00:00:00Z" }),
      old({ creationTimestamp: "2027-01-01T00:00:00Z" }),
    );
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.metadata.creationTimestamp).toBe("2027-01-01T00:00:00Z");
  });

  it("gives no time of creation to what has none", () => {
    const answer = update(manifest({}, { creationTimestamp: "2027-02-02T00:00:00Z" }), stored());
    expect(answer.stored?.metadata).not.toHaveProperty("creationTimestamp");
  });

  const deleted = { deletionTimestamp: "2027-01-01T00:00:00Z" };
  const [a, b] = ["example.com/a", "example.com/b"];
  it.each([
    { rule: "may add finalizers", before: {}, finalizers: [a], want: [] },
    {
      rule: "adds none to what is being deleted",
      before: { ...deleted, finalizers: [a] },
      finalizers: [a, b],
      want: [
        {
          code: "finalizer-while-deleted",
          path: "metadata.finalizers",
          reason: "FieldValueForbidden",
          found: [b],
        },
      ],
    },
    {
      rule: "adds none where there was none either",
      before: deleted,
      finalizers: [a],
      want: [
        { code: "finalizer-while-deleted", path: "metadata.finalizers", reason: "FieldValueForbidden", found: [a] },
      ],
    },
    {
      rule: "may take one from what is being deleted",
      before: { ...deleted, finalizers: [a, b] },
      finalizers: [b],
      want: [],
    },
    { rule: "may take all of them", before: { ...deleted, finalizers: [a, b] }, finalizers: [], want: [] },
  ])("$rule", ({ before, finalizers, want }) => {
    expect(saidOf(update(manifest({}, { finalizers }), old(before)).causes)).toEqual(want);
  });
});

describe("a create", () => {
  it("gives none of the metadata that is the server's to write", () => {
    const metadata = {
      uid: "u",
      creationTimestamp: "2027-01-01T00:00:00Z",
      deletionTimestamp: "2027-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 30,
    };
    expect(create(manifest({}, metadata)).stored?.metadata).toEqual({ name: "web", namespace: "default" });
  });
});

describe("a write of the status holds the metadata to the rules of an update", () => {
  it.each([
    { rule: "the uid stays", metadata: { uid: "v" }, codes: ["immutable"] },
    { rule: "labels", metadata: { labels: { a: "b c" } }, codes: ["label-value"] },
    { rule: "annotations", metadata: { annotations: { "a b": "" } }, codes: ["annotation-key"] },
    { rule: "owners", metadata: { ownerReferences: [{ ...OWNER, name: "" }] }, codes: ["owner-field-empty"] },
    { rule: "finalizers", metadata: { finalizers: ["b"] }, codes: ["finalizer-unqualified"] },
    { rule: "the generation is the server's", metadata: { generation: -1 }, codes: [] },
  ])("$rule", ({ metadata, codes }) => {
    expect(writeStatus(manifest({}, metadata), stored()).causes.map(({ code }) => code)).toEqual(codes);
  });
});
