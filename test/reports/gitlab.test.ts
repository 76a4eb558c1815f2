import { describe, expect, it } from "@jest/globals";
import { CLEAN, finding, hostileFinding, report, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";

describe("GitLab's code quality report", () => {
  it("has one issue a finding", async () => {
    const issues: unknown = JSON.parse(
      await report("gitlab", { findings: [finding({ file: "./deploy/web.yaml" }), WARNING, SUPPRESSED, UNUSABLE] }),
    );
    const description = "shop/web: a port is from 1 to 65535, found 70000. Fix: use a port from 1 to 65535.";
    expect(issues).toEqual([
      {
        description,
        check_name: "port-range",
        fingerprint: "6f1c0a",
        severity: "major",
        location: { path: "deploy/web.yaml", lines: { begin: 8, end: 8 } },
      },
      expect.objectContaining({
        severity: "minor",
        location: { path: "deploy/api.yaml", lines: { begin: 3, end: 4 } },
      }),
      expect.objectContaining({
        severity: "info",
        description: `${description} This is suppressed by the baseline: known on 2026-11-01.`,
      }),
      expect.objectContaining({ severity: "major", location: { path: "stdin", lines: { begin: 1, end: 1 } } }),
    ]);
  });

  it("ends what was left out as a sentence, too", async () => {
    const issues: unknown = JSON.parse(
      await report("gitlab", { summary: { ...CLEAN, leftOut: ["2 files excluded"] } }),
    );
    expect(issues).toMatchObject([{ description: "2 files excluded.", severity: "info" }]);
  });

  it.each([
    { name: "no finding", findings: [], want: 0 },
    { name: "a hostile one", findings: [hostileFinding()], want: 1 },
  ])("is JSON with $name", async ({ findings, want }) => {
    expect(JSON.parse(await report("gitlab", { findings }))).toHaveLength(want);
  });
});
