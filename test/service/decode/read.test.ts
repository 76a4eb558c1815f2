import { describe, expect, it } from "@jest/globals";
import { Path } from "#src/field/path.ts";
import { create, manifest, said, saidOf, stored, update } from "#test/engine/ask.ts";

const DUPLICATE = Path.root.child("spec").child("type");
const UNKNOWN = manifest({ Type: "NodePort" });

describe("unknown and duplicate fields", () => {
  const codes = ["duplicate-field", "unknown-field"];
  it.each([
    { fieldValidation: "Ignore", allowed: true, causes: [], warnings: [] },
    { fieldValidation: "Warn", allowed: true, causes: [], warnings: codes },
    { fieldValidation: "Strict", allowed: false, causes: codes, warnings: [] },
  ] as const)("$fieldValidation", ({ fieldValidation, allowed, causes, warnings }) => {
    const answer = create(UNKNOWN, { fieldValidation, duplicates: [{ path: DUPLICATE }] });
    expect(answer.decision).toEqual(allowed ? { allowed } : { allowed, code: 400 });
    expect(answer.causes.map(({ code }) => code)).toEqual(causes);
    expect(answer.warnings.map(({ code }) => code)).toEqual(warnings);
  });

  it("a duplicate is named by its path", () => {
    expect(create(manifest(), { duplicates: [{ path: DUPLICATE }] }).warnings.map(said)).toEqual([
      { code: "duplicate-field", path: "spec.type" },
    ]);
  });

  it.each([
    { fieldValidation: "Warn", causes: ["wrong-type"] },
    { fieldValidation: "Strict", causes: ["wrong-type", "unknown-field"] },
  ] as const)(
    "an object that cannot be read tells its unknown fields only with Strict: $fieldValidation",
    ({ fieldValidation, causes }) => {
      const answer = create({ ...UNKNOWN, metadata: { name: 1 } }, { fieldValidation });
      expect(answer.decision).toEqual({ allowed: false, code: 400 });
      expect(answer.causes.map(({ code }) => code)).toEqual(causes);
      expect(answer.warnings).toEqual([]);
    },
  );
});

describe("of JSON the server reads every value of a repeated field", () => {
  const BOGUS = Path.root.child("spec").child("bogus");
  const PORT = Path.root.child("spec").child("ports").index(1).child("port");
  const RAW = Path.root.child("metadata").child("managedFields").index(0).child("fieldsV1").child("f:spec");

  it.each([
    { name: "a known field", path: DUPLICATE, earlier: ["NodePort"], want: ["duplicate-field spec.type"] },
    {
      name: "an entry of a map",
      path: Path.root.child("spec").child("selector").child("a"),
      earlier: ["b"],
      want: ["duplicate-field spec.selector.a"],
    },
    { name: "an unknown field is not looked into", path: BOGUS, earlier: [1], want: ["unknown-field spec.bogus"] },
    { name: "nor what is below it", path: BOGUS.child("a"), earlier: [1], want: ["unknown-field spec.bogus"] },
    { name: "nor a raw field", path: RAW, earlier: [1], want: [] },
    {
      name: "an unknown field that the last value has not",
      path: Path.root.child("spec"),
      earlier: [{ bogus: 1 }],
      want: ["duplicate-field spec", "unknown-field spec.bogus"],
    },
  ])("$name", ({ path, earlier, want }) => {
    const { warnings } = create(manifest(), { duplicates: [{ path, earlier }] });
    expect(warnings.map((warning) => `${warning.code} ${warning.path.toString()}`)).toEqual(want);
  });

  it("so that what cannot be read is refused, also where another value takes its place", () => {
    const answer = create(manifest(), { duplicates: [{ path: PORT, earlier: ["80", 81] }] });
    expect(answer.decision).toEqual({ allowed: false, code: 400 });
    expect(saidOf(answer.causes)).toEqual([
      { code: "wrong-type", path: "spec.ports[1].port", found: "80", want: "whole number" },
    ]);
  });

  it("an unknown field that stands twice is named once", () => {
    const answer = create(manifest({ bogus: 2 }), { duplicates: [{ path: BOGUS, earlier: [1] }] });
    expect(answer.warnings.map(({ code }) => code)).toEqual(["unknown-field"]);
  });
});

describe("apiVersion and kind are looked for in any case first, the last one counts", () => {
  it.each([
    { given: { kind: "Service", Kind: "Pod" }, want: ["Kind"] },
    { given: { Kind: "Pod", kind: "Service" }, want: [] },
    { given: { KIND: "Service" }, want: [] },
    { given: { APIVersion: "v2" }, want: ["APIVersion"] },
    { given: { Kind: 5, kind: "Service" }, want: ["Kind"] },
    { given: { Kind: null }, want: [] },
    { given: { Kind: "" }, want: [] },
    { given: { kinds: "Pod" }, want: [] },
  ])("$given", ({ given, want }) => {
    const { metadata, spec } = manifest();
    const answer = create({ ...given, metadata, spec });
    expect(answer.causes.map(({ code, path }) => `${code} ${path.toString()}`)).toEqual(
      want.map((name) => `wrong-kind ${name}`),
    );
  });
});

describe("the place that a request is sent to", () => {
  it("gives the namespace", () => {
    expect(create(manifest(), { facts: { namespace: "shop", today: "2027-01-01" } }).stored?.metadata.namespace).toBe(
      "shop",
    );
  });

  it("must be the namespace of the object", () => {
    const answer = create(manifest({}, { namespace: "shop" }));
    expect(answer.decision).toEqual({ allowed: false, code: 400 });
    expect(saidOf(answer.causes)).toEqual([
      { code: "wrong-place", path: "metadata.namespace", found: "shop", want: "default" },
    ]);
  });

  it.each([
    { name: "another name", metadata: { name: "shop" }, found: { found: "shop" } },
    { name: "no name", metadata: { name: "" }, found: {} },
  ])("must be the name of the stored object: $name", ({ metadata, found }) => {
    const answer = update(manifest({}, metadata), stored());
    expect(answer.decision).toEqual({ allowed: false, code: 400 });
    expect(saidOf(answer.causes)).toEqual([{ code: "wrong-place", path: "metadata.name", want: "web", ...found }]);
  });

  it("still warns of unknown fields where the place is wrong", () => {
    const answer = create({ ...UNKNOWN, metadata: { name: "web", namespace: "shop" } });
    expect(answer.causes.map(({ code }) => code)).toEqual(["wrong-place"]);
    expect(answer.warnings.map(({ code }) => code)).toEqual(["unknown-field"]);
  });
});

describe("managed fields that the server cannot read are dropped, all of them", () => {
  const entry = { manager: "kubectl", operation: "Apply", apiVersion: "v1", fieldsType: "FieldsV1" };
  it.each([
    { name: "a readable entry", entries: [entry], kept: true },
    { name: "one by Update", entries: [{ ...entry, operation: "Update" }], kept: true },
    { name: "an unknown operation", entries: [{ ...entry, operation: "Patch" }], kept: false },
    { name: "no operation", entries: [{ ...entry, operation: "" }], kept: false },
    { name: "no API version", entries: [{ ...entry, apiVersion: "" }], kept: false },
    { name: "another format", entries: [{ ...entry, fieldsType: "FieldsV2" }], kept: false },
    { name: "one good and one bad", entries: [entry, { ...entry, fieldsType: "" }], kept: false },
  ])("$name", ({ entries, kept }) => {
    expect(create(manifest({}, { managedFields: entries })).stored?.metadata.managedFields !== undefined).toBe(kept);
  });
});
