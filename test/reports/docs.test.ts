import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { CHECK_RULES } from "#src/examine/findings/rule-texts.ts";
import { RULES as POLICY_RULES } from "#src/policy/rules/registry.ts";
import { helpLink } from "#src/examine/model/texts.ts";
import { isReportFormat, REPORT_FORMATS } from "#src/reports/reporter.ts";
import { MESSAGES } from "#src/service/messages/messages.ts";
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

describe("the link of a rule leads to its explanation", () => {
  const anchors = (page: string): readonly string[] => {
    const text = readFileSync(join(ROOT, "docs", page), "utf8");
    return [...text.matchAll(/<a id="([^"]+)">|^### (\S+)$/gm)].map(([, id, heading]) => id ?? heading ?? "");
  };
  it.each([
    { name: "the engine's", rules: Object.keys(MESSAGES) },
    { name: "the check's own", rules: Object.keys(CHECK_RULES) },
    { name: "policies'", rules: POLICY_RULES.map(({ id }) => `policy/${id}`) },
  ])("$name", ({ rules }) => {
    expect(rules.length).toBeGreaterThan(10);
    const dead = rules.filter((rule) => {
      const [, page = "", anchor = ""] = /\/([^/]+)#(.*)$/.exec(helpLink(rule)) ?? [];
      return !anchors(page).includes(anchor);
    });
    expect(dead).toEqual([]);
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
