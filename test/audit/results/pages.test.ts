import { describe, expect, it } from "@jest/globals";
import { pagesOf, summaryOf } from "#src/audit/results/pages.ts";
import type { AuditResult } from "#src/audit/results/result.ts";

const result = (id: string, message = "m"): AuditResult => ({
  id,
  policy: "p",
  rule: "r",
  action: "deny",
  result: "fail",
  severity: "high",
  message,
  properties: {},
  subject: { kind: "Service", namespace: "shop", name: id },
});

describe("pages of results", () => {
  it.each([
    { name: "none", results: [], sizes: [] },
    { name: "few", results: ["b", "a"].map((id) => result(id)), sizes: [2] },
    {
      name: "more than a thousand",
      results: Array.from({ length: 1001 }, (_, i) => result(`s${i}`)),
      sizes: [1000, 1],
    },
    {
      name: "long ones",
      results: Array.from({ length: 3 }, (_, i) => result(`s${i}`, "x".repeat(250_000))),
      sizes: [1, 1, 1],
    },
  ])("$name", ({ results, sizes }) => {
    expect(pagesOf(results).map((page) => page.length)).toEqual(sizes);
  });

  it("are in an order that does not depend on that of the findings", () => {
    const both = [result("a"), result("b")];
    expect(pagesOf(both.toReversed())).toEqual(pagesOf(both));
  });

  it("are counted", () => {
    expect(summaryOf([result("a")])).toEqual({ pass: 0, fail: 1, warn: 0, error: 0, skip: 0 });
  });
});
