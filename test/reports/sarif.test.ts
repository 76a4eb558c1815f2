import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { isObject, valueAt } from "#src/field/json.ts";
import { ESTATE_SUMMARY, FINDINGS } from "./estate.ts";
import { CLEAN, finding, report, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";

// The schema as published by OASIS.
const file = join(import.meta.dirname, "sarif-2.1.0.schema.json");
const schema: unknown = JSON.parse(readFileSync(file, "utf8"));
if (!isObject(schema)) throw new TypeError("the schema is no JSON object");
const validate = new Ajv({
  strict: false,
  // One of its patterns is not valid with the "u" flag.
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) =>
      /^[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]*$/.test(text) && URL.canParse(text, "file:///"),
    "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(schema);

async function sarif(content: Parameters<typeof report>[1]): Promise<unknown> {
  const written: unknown = JSON.parse(await report("sarif", content));
  return written;
}

describe("the SARIF report", () => {
  it.each([
    { name: "no finding", given: { summary: CLEAN } },
    { name: "findings of every kind", given: { findings: [finding(), SUPPRESSED, WARNING, UNUSABLE] } },
    { name: "an estate, hostile names included", given: { findings: FINDINGS, summary: ESTATE_SUMMARY } },
  ])("fits the schema of SARIF 2.1.0: $name", async ({ given }) => {
    validate(await sarif(given));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("points at the very value, in units that it names", async () => {
    const log = await sarif({ findings: [finding({ file: "./deploy/web.yaml" })] });
    expect(valueAt(log, ["runs", 0, "columnKind"])).toBe("utf16CodeUnits");
    expect(valueAt(log, ["runs", 0, "results", 0, "locations"])).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "deploy/web.yaml" },
          region: { startLine: 8, startColumn: 13, endLine: 8, endColumn: 18 },
          contextRegion: {
            startLine: 7,
            endLine: 9,
            snippet: { text: "  ports:\n    - port: 70000\n      name: http" },
          },
        },
        logicalLocations: [{ name: "web", fullyQualifiedName: "shop/web/spec.ports[0].port", kind: "resource" }],
      },
    ]);
  });

  it.each([
    { name: "a space and a number sign", file: "my app/#1.yaml", want: "my%20app/%231.yaml" },
    { name: "a colon, which would be a scheme", file: "a:b.yaml", want: "a%3Ab.yaml" },
    { name: "a path out of the folder", file: "../b.yaml", want: "../b.yaml" },
    { name: "an absolute path", file: "/tmp/ü.yaml", want: "file:///tmp/%C3%BC.yaml" },
    { name: "half of a surrogate pair", file: "\ud800.yaml", want: "%EF%BF%BD.yaml" },
    { name: "standard input", file: "-", want: "stdin" },
  ])("writes a path as a URI: $name", async ({ file: given, want }) => {
    const log = await sarif({ findings: [finding({ file: given })] });
    const place = ["runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"];
    expect(valueAt(log, place)).toBe(want);
  });

  it.each([
    { title: "a Service has no name", want: "A Service has no name" },
    { title: "clusterIPs has None and an address", want: "clusterIPs has None and an address" },
  ])("starts a title with a capital, unless that would change the name of a field: $title", async ({ title, want }) => {
    const log = await sarif({ findings: [finding()], options: { rule: () => ({ title, help: "" }) } });
    const rule = ["runs", 0, "tool", "driver", "rules", 0];
    expect([valueAt(log, [...rule, "name"]), valueAt(log, [...rule, "shortDescription", "text"])]).toEqual([
      want,
      want,
    ]);
  });

  it("lists each rule once, with its help, in the order of the results' indices", async () => {
    const log = await sarif({ findings: [finding(), SUPPRESSED, finding()] });
    const results = valueAt(log, ["runs", 0, "results"]);
    expect(
      Array.isArray(results) && results.map((each) => [valueAt(each, ["ruleId"]), valueAt(each, ["ruleIndex"])]),
    ).toEqual([
      ["port-range", 0],
      ["policy/named-ports", 1],
      ["port-range", 0],
    ]);
    const site = "https://fairlead.github.io/fairlead";
    expect(valueAt(log, ["runs", 0, "tool", "driver", "rules"])).toMatchObject([
      {
        id: "port-range",
        name: "A port number is not between 1 and 65535",
        shortDescription: { text: "A port number is not between 1 and 65535" },
        fullDescription: { text: "The API server refuses any other number." },
        helpUri: `${site}/findings/port-range`,
        defaultConfiguration: { level: "error" },
      },
      { id: "policy/named-ports", helpUri: `${site}/rules/named-ports`, defaultConfiguration: { level: "warning" } },
    ]);
  });

  it.each([
    { by: "baseline", kind: "external" },
    { by: "policy", kind: "external" },
    { by: "annotation", kind: "inSource" },
  ] as const)("shows what $by suppresses as suppressed, and all else as not", async ({ by, kind }) => {
    const log = await sarif({ findings: [finding(), finding({ suppressed: { by, reason: "known" } })] });
    expect(valueAt(log, ["runs", 0, "results", 0, "suppressions"])).toEqual([]);
    expect(valueAt(log, ["runs", 0, "results", 1, "suppressions"])).toEqual([
      { kind, status: "accepted", justification: "known" },
    ]);
  });

  it("has the same fingerprint when lines move", async () => {
    const moved = finding({ region: { startLine: 80, startColumn: 1, endLine: 80, endColumn: 2 } });
    const log = await sarif({ findings: [finding(), moved] });
    for (const index of [0, 1]) {
      const prints = valueAt(log, ["runs", 0, "results", index, "partialFingerprints"]);
      expect(prints).toEqual({ "fairleadFinding/v1": "6f1c0a" });
    }
  });
});
