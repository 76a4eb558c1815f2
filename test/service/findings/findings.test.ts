import { describe, expect, it } from "@jest/globals";
import { Path } from "#src/field/path.ts";
import { countText, Findings, totalCount } from "#src/service/findings/findings.ts";

const AT = Path.root.child("spec");

/** Adds a finding of the code as often as asked for. */
function fill(findings: Findings, code: "immutable" | "port-range", times: number): void {
  for (let i = 0; i < times; i++) findings.add(code, AT, i);
}

describe("a list of findings", () => {
  it("keeps them in the order in which they are found, with the parts that they have", () => {
    const findings = new Findings();
    findings.add("immutable", AT, "x", { min: 1 });
    findings.add("port-range", AT);
    findings.add("immutable", AT, null, () => ({ max: 2 }));
    expect(findings.all).toEqual([
      { code: "immutable", path: AT, found: "x", facts: { min: 1 } },
      { code: "port-range", path: AT },
      { code: "immutable", path: AT, found: null, facts: { max: 2 } },
    ]);
    expect(Object.keys(findings.all[1] ?? {})).toEqual(["code", "path"]);
    expect(findings.count).toBe(3);
  });

  it("keeps so many of a code, and the last one says how many more there are", () => {
    const findings = new Findings({ maxPerCode: 2 });
    fill(findings, "immutable", 5);
    fill(findings, "port-range", 2);
    expect(findings.all.map(({ code, found, more, orMore }) => [code, found, more, orMore])).toEqual([
      ["immutable", 0, undefined, undefined],
      ["immutable", 1, 3, undefined],
      ["port-range", 0, undefined, undefined],
      ["port-range", 1, undefined, undefined],
    ]);
    expect([findings.count, totalCount(findings.all)]).toEqual([7, 7]);
  });

  it("asks for facts only of a finding that it keeps", () => {
    const findings = new Findings({ maxPerCode: 1 });
    let asked = 0;
    for (let i = 0; i < 3; i++) findings.add("immutable", AT, i, () => ({ min: ++asked }));
    expect(asked).toBe(1);
  });

  it("calls the checkpoint for each finding, kept or not", () => {
    let calls = 0;
    const findings = new Findings({ maxPerCode: 1, checkpoint: () => calls++ });
    fill(findings, "immutable", 4);
    expect(calls).toBe(4);
  });

  it.each([
    { rule: "may stop once ten thousand are found", maxPerCode: 1, times: 10_000, want: true },
    { rule: "goes on before", maxPerCode: 1, times: 9_999, want: false },
    { rule: "never stops where all are kept", maxPerCode: undefined, times: 10_000, want: false },
  ])("$rule", ({ maxPerCode, times, want }) => {
    const findings = new Findings({ maxPerCode });
    fill(findings, "immutable", times);
    expect(findings.canStop).toBe(want);
    expect(findings.all.some(({ orMore }) => orMore === true)).toBe(want);
  });
});

describe("a count as text", () => {
  it.each([
    { findings: [], total: 0, text: "0" },
    { findings: [{}, {}], total: 2, text: "2" },
    { findings: [{ more: 3 }, {}], total: 5, text: "5" },
    { findings: [{}, { more: 9_998, orMore: true as const }], total: 10_000, text: "at least 10000" },
  ])("$text", ({ findings, total, text }) => {
    expect(totalCount(findings)).toBe(total);
    expect(countText(total, findings)).toBe(text);
  });
});
