import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { isReportFormat, REPORT_FORMATS } from "../../../src/check/reports/index.ts";
import { CLEAN, finding, report } from "./fixtures.ts";

const docs = readFileSync(new URL("../../../docs/report.md", import.meta.url), "utf8");

describe("docs/report.md", () => {
  it.each(Object.keys(REPORT_FORMATS))("has a row in the table and a section for %s", (format) => {
    expect(docs).toContain(`| \`${format}\``);
    expect(docs).toContain(`\n## ${format}\n`);
  });

  it("shows text as it is written", async () => {
    expect(docs).toContain(await report("text", { findings: [finding()], summary: { ...CLEAN, errors: 1 } }));
  });
});

describe("the names of the formats", () => {
  it.each([
    { name: "sarif", want: true },
    { name: "SARIF", want: false },
    { name: "toString", want: false },
  ])("$name: $want", ({ name, want }) => {
    expect(isReportFormat(name)).toBe(want);
  });
});
