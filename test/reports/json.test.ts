import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject } from "#src/field/json.ts";
import { ESTATE_SUMMARY, FINDINGS } from "./estate.ts";
import { CLEAN, finding, OPTIONS, report, SUMMARY, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";
import { ROOT } from "../paths.ts";

const schema: unknown = JSON.parse(readFileSync(join(ROOT, "schemas/check-report.schema.json"), "utf8"));
if (!isObject(schema)) throw new TypeError("the schema is no JSON object");
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

describe("the JSON report", () => {
  it.each([
    { name: "no finding", given: { summary: CLEAN } },
    { name: "findings of every kind", given: { findings: [finding(), SUPPRESSED, WARNING, UNUSABLE] } },
    { name: "an estate, hostile names included", given: { findings: FINDINGS, summary: ESTATE_SUMMARY } },
    { name: "what it was judged for", given: { options: { target: { kubernetes: "1.36", cluster: "dual" } } } },
  ])("fits its schema: $name", async ({ given }) => {
    const written: unknown = JSON.parse(await report("json", given));
    validate(written);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("says what the findings say, with the rule's help, and the summary", async () => {
    const written: unknown = JSON.parse(await report("json", { findings: [finding(), SUPPRESSED] }));
    const site = "https://fairlead.github.io/fairlead";
    expect(written).toMatchObject({
      formatVersion: 1,
      tool: { name: "fairlead", version: OPTIONS.version },
      findings: [
        { ...finding(), help: `${site}/findings/port-range` },
        { ...SUPPRESSED, help: `${site}/rules/named-ports` },
      ],
      summary: SUMMARY,
    });
  });

  it("has one finding a line", async () => {
    const lines = (await report("json", { findings: [finding(), WARNING] })).split("\n");
    expect(lines.filter((line) => line.includes('"severity"'))).toHaveLength(2);
  });

  it.each([
    { name: "a severity that it does not know", given: { severity: "fatal" } },
    { name: "a property that it does not know", given: { extra: 1 } },
    { name: "an empty fingerprint", given: { fingerprint: "" } },
  ])("is refused by the schema with $name", async ({ given }) => {
    const written: unknown = JSON.parse(await report("json", {}));
    expect(isObject(written) && validate({ ...written, findings: [{ ...finding(), help: "x", ...given }] })).toBe(
      false,
    );
  });
});
