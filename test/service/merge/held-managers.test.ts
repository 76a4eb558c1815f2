import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { create, manifest, type Options, saidOf, stored, update, writeStatus } from "#test/engine/ask.ts";

const entry = (fieldsV1: unknown, more: JsonObject = {}): JsonObject => ({
  manager: "a\u0007",
  operation: "Update",
  apiVersion: "v1",
  fieldsType: "FieldsV1",
  fieldsV1,
  ...more,
});
const LABEL = { "f:metadata": { "f:labels": { "f:a": {} } } };
const codes = (managedFields: unknown, options: Options = {}): string[] =>
  create(manifest({}, { managedFields }), options).causes.map(({ code }) => code);

describe("of a new object the server validates the managers whose fields it does not set", () => {
  it.each<{ rule: string; fieldsV1: unknown }>([
    { rule: "one that is not in the object", fieldsV1: LABEL },
    { rule: "one that the server fills in later", fieldsV1: { "f:spec": { "f:clusterIP": {} } } },
    { rule: "an item of a list that is not in it", fieldsV1: { "f:spec": { "f:ports": { 'k:{"port":81}': {} } } } },
    { rule: "what every object has", fieldsV1: { "f:spec": {} } },
    { rule: "the metadata", fieldsV1: { "f:metadata": {} } },
    { rule: "the status", fieldsV1: { "f:status": { "f:loadBalancer": {} } } },
    { rule: "something that no Service has", fieldsV1: { "f:x": { "f:y": {} } } },
    { rule: "a value at the top", fieldsV1: { "v:1": {} } },
    { rule: "a position at the top", fieldsV1: { "i:1": {} } },
    { rule: "what has only steps of an unknown kind in it", fieldsV1: { "f:x": { "x:y": {} } } },
  ])("$rule", ({ fieldsV1 }) => {
    expect(codes([entry(fieldsV1)])).toEqual(["manager-not-printable"]);
  });

  it.each<{ rule: string; fieldsV1: unknown }>([
    { rule: "nothing", fieldsV1: {} },
    { rule: "not even that", fieldsV1: undefined },
    { rule: "null", fieldsV1: null },
    { rule: "a field that the object sets", fieldsV1: { "f:spec": { "f:ports": {} } } },
    { rule: "a field with a static default", fieldsV1: { "f:spec": { "f:type": {} } } },
    {
      rule: "an item of a list, whatever the order of its keys",
      fieldsV1: { "f:spec": { "f:ports": { 'k:{"protocol":"TCP","port":80}': { ".": {}, "f:port": {} } } } },
    },
    { rule: "only steps of an unknown kind", fieldsV1: { "x:y": {} } },
    { rule: "no step: then no managed field is kept", fieldsV1: { x: {}, ...LABEL } },
    { rule: "no JSON in a step", fieldsV1: { "k:y": {}, ...LABEL } },
    { rule: "no number for a position", fieldsV1: { "i:y": {}, ...LABEL } },
    { rule: "a text in place of fields", fieldsV1: { "f:x": "y", ...LABEL } },
    { rule: "a list", fieldsV1: [] },
  ])("but not $rule", ({ fieldsV1 }) => {
    expect(codes([entry(fieldsV1)])).toEqual([]);
  });

  it.each<{ rule: string; more: JsonObject }>([
    { rule: "of another version", more: { apiVersion: "apps/v1" } },
    { rule: "without a version", more: { apiVersion: "" } },
    { rule: "with a version that is none", more: { apiVersion: "a/b/c" } },
    { rule: "of another operation", more: { operation: "Bogus" } },
    { rule: "of another type of fields", more: { fieldsType: "FieldsV2" } },
  ])("nor one $rule", ({ more }) => {
    expect(codes([entry(LABEL, more)])).toEqual([]);
  });

  it("nor one that a later one of the same name replaces", () => {
    expect(codes([entry(LABEL), entry({})])).toEqual([]);
    expect(codes([entry({}), entry(LABEL)])).toEqual(["manager-not-printable"]);
  });

  it("nor any at all where managed fields are passed over", () => {
    expect(codes([entry(LABEL)], { passManagers: true })).toEqual([]);
  });
});

describe("a manager", () => {
  const at = (field: string, index = 0): string => `metadata.managedFields[${index}].${field}`;
  const tooLong = (code: string, field: string, found: number, max: number): JsonObject[] => [
    { code, path: at(field), reason: "FieldValueTooLong", found, max },
  ];
  it.each<{ rule: string; more: JsonObject; want: JsonObject[] }>([
    { rule: "has up to 128 bytes", more: { manager: "a".repeat(128) }, want: [] },
    { rule: "has no more", more: { manager: "a".repeat(129) }, want: tooLong("text-too-long", "manager", 129, 128) },
    {
      rule: "counts as bytes",
      more: { manager: "é".repeat(65) },
      want: tooLong("text-too-long", "manager", 130, 128),
    },
    { rule: "may have none", more: { manager: "" }, want: [] },
    { rule: "has a subresource of up to 256 bytes", more: { manager: "a", subresource: "s".repeat(256) }, want: [] },
    {
      rule: "has none that is longer",
      more: { manager: "a", subresource: "s".repeat(257) },
      want: tooLong("text-too-long", "subresource", 257, 256),
    },
  ])("$rule", ({ more, want }) => {
    expect(saidOf(create(manifest({}, { managedFields: [entry(LABEL, more)] })).causes)).toEqual(want);
  });

  it("is named by its place in the server's order", () => {
    const managedFields = [
      entry({}),
      entry(LABEL, { time: "2027-01-02T00:00:00Z", manager: "b\u0007" }),
      entry(LABEL, { time: "2027-01-01T00:00:00Z", manager: "good" }),
      entry(LABEL, { operation: "Apply", time: "2027-01-03T00:00:00Z" }),
    ];
    const said = saidOf(create(manifest({}, { managedFields })).causes);
    const unprintable = { code: "manager-not-printable", reason: "FieldValueInvalid" };
    expect(said).toEqual([
      { ...unprintable, path: at("manager", 3), field: at("manager", 0), found: "a\u0007" },
      { ...unprintable, path: at("manager", 1), field: at("manager", 2), found: "b\u0007" },
    ]);
  });
});

describe("of an update the server validates the managers of what does not change", () => {
  const old = stored({ externalIPs: ["203.0.113.9"], type: "NodePort" }, { labels: { a: "b" } });
  const next = (labels: JsonObject, fieldsV1: unknown): JsonObject =>
    manifest({ externalIPs: ["203.0.113.9"], type: "ClusterIP" }, { labels, managedFields: [entry(fieldsV1)] });
  it.each<{ rule: string; labels?: JsonObject; fieldsV1: unknown; held: boolean }>([
    { rule: "a label that stays", fieldsV1: LABEL, held: true },
    { rule: "one that changes", labels: { a: "c" }, fieldsV1: LABEL, held: false },
    { rule: "one that goes", labels: {}, fieldsV1: LABEL, held: false },
    { rule: "a list that stays as a whole", fieldsV1: { "f:spec": { "f:externalIPs": {} } }, held: true },
    { rule: "the type, which changes", fieldsV1: { "f:spec": { "f:type": {} } }, held: false },
    { rule: "one of several", fieldsV1: { "f:spec": { "f:type": {}, "f:externalIPs": {} } }, held: true },
  ])("$rule", ({ labels = { a: "b" }, fieldsV1, held }) => {
    const answer = update(next(labels, fieldsV1), old);
    expect(answer.causes.map(({ code }) => code)).toEqual(held ? ["manager-not-printable"] : []);
  });

  it("and none of a write of the status, which keeps those that are stored", () => {
    expect(writeStatus(manifest({}, { managedFields: [entry(LABEL)] }), old).causes).toEqual([]);
  });
});
