import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { serviceReference } from "#scripts/service-reference.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";
import { FIELD_VERSIONS } from "#src/service/schema/field-versions.ts";
import { type SchemaNode, SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { manifest, stored } from "#test/engine/ask.ts";

const PAGE = readFileSync("docs/service.md", "utf8");

it("docs/service.md says what the tables of the engine say", () => {
  expect(serviceReference()).toBe(PAGE);
});

/** The paths of all fields below a node. */
function fieldsOf(node: SchemaNode, path: string): string[] {
  if (node.type === "list") return fieldsOf(node.items, `${path}[]`);
  if (node.type !== "object") return [];
  return Object.entries(node.fields).flatMap(([name, field]) => {
    const inner = path === "" ? name : `${path}.${name}`;
    return [inner, ...fieldsOf(field, inner)];
  });
}

const FIELDS = fieldsOf(SERVICE_SCHEMA, "").filter((field) => /^(spec|status)\b/.test(field));

describe("docs/service.md has of each field of spec and status", () => {
  it.each(FIELDS)("%s: its default, what is refused, what clears it and its version", (field) => {
    const [, section = ""] = PAGE.split(`### \`${field}\`\n`);
    const facts = [...(section.split("\n##")[0] ?? "").matchAll(/^- \*\*(\w+)\*\*: \S/gm)].map(([, name]) => name);
    expect(facts).toEqual(expect.arrayContaining(["default", "refused", "cleared", "since"]));
  });

  it("a version in one place: in its help, if it came with a feature, or else in the table of older fields", () => {
    const ofFeatures = FIELDS.filter((field) => typeof FIELD_HELP[field]?.since === "string");
    expect([...ofFeatures, ...Object.keys(FIELD_VERSIONS)].sort()).toEqual([...FIELDS].sort());
  });
});

describe("what the server fills in has its default in the reference", () => {
  const CASES: readonly { readonly name: string; readonly spec: JsonObject }[] = [
    { name: "ClusterIP", spec: {} },
    { name: "headless", spec: { clusterIP: "None", ports: [] } },
    { name: "NodePort", spec: { type: "NodePort" } },
    { name: "LoadBalancer", spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } },
    { name: "ExternalName", spec: { type: "ExternalName", externalName: "example.com" } },
    { name: "session affinity", spec: { sessionAffinity: "ClientIP" } },
  ];

  it.each(CASES)("$name", ({ spec }) => {
    const given = new Set(pathsOf(manifest(spec), ""));
    const filled = pathsOf(stored(spec), "").filter((path) => path.startsWith("spec") && !given.has(path));
    expect(filled.filter((path) => FIELD_HELP[path]?.default === undefined)).toEqual([]);
  });
});

/** The paths of all fields that are there; the items of a list have one path. */
function pathsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsOf(item, `${path}[]`)))];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [at, ...pathsOf(inner, at)];
  });
}
