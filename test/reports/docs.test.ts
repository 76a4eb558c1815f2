import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { helpLink } from "#src/examine/model/texts.ts";
import { isReportFormat, REPORT_FORMATS } from "#src/reports/reporter.ts";
import { CLEAN, finding, report } from "./fixtures.ts";
import { ROOT } from "../paths.ts";

const docs = readFileSync(join(ROOT, "docs/report.md"), "utf8");

describe("docs/report.md", () => {
  it.each(Object.keys(REPORT_FORMATS))("has a row in the table and a section for %s", (format) => {
    expect(docs).toContain(`| \`${format}\``);
    expect(docs).toContain(`\n## ${format}\n`);
  });

  it("shows text as it is written", async () => {
    expect(docs).toContain(await report("text", { findings: [finding()], summary: { ...CLEAN, errors: 1 } }));
  });
});

describe("the link of a rule leads to its page", () => {
  it.each([
    { rule: "port-range", page: "findings/port-range" },
    { rule: "yaml-word", page: "findings/yaml-word" },
    { rule: "policy/named-ports", page: "rules/named-ports" },
    { rule: "policy/a b/\ud800?", page: "rules/a%20b%2F%EF%BF%BD%3F" },
    { rule: "policy/our-own", section: "policy.md#rules", page: "docs/policy#rules" },
  ])("$rule: $page", ({ rule, section, page }) => {
    const text = section === undefined ? undefined : { section };
    expect(helpLink(rule, text)).toBe(`https://fairlead.github.io/fairlead/${page}`);
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
