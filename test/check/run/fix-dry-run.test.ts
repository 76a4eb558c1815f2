import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { unifiedDiff } from "#src/reports/unified-diff.ts";
import fc from "fast-check";
import { Checkout } from "../checkout.ts";

const BROKEN = `apiVersion: v1
kind: Service
metadata: { name: web } # kept
spec:
  ports:
    - port: "80"
      targetport: 8080
`;

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => {
  checkout.remove();
});

describe("--fix --dry-run", () => {
  it("prints a diff, reports what would be left, and writes nothing", async () => {
    checkout.write("web.yaml", BROKEN);
    const { code, stdout, stderr } = await checkout.check("--fix", "--dry-run", "web.yaml");
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "--- web.yaml",
      "+++ web.yaml",
      "@@ -3,5 +3,5 @@",
      " metadata: { name: web } # kept",
      " spec:",
      "   ports:",
      '-    - port: "80"',
      "-      targetport: 8080",
      "+    - port: 80",
      "+      targetPort: 8080",
      "",
    ]);
    expect(stderr).toContain("no findings in 1 Service of 1 file");
    expect(readFileSync(join(checkout.folder, "web.yaml"), "utf8")).toBe(BROKEN);
  });

  it("prints what patch can apply, and that is what --fix writes", async () => {
    checkout.write("web.yaml", BROKEN);
    const { stdout } = await checkout.check("--fix", "--dry-run", "web.yaml");
    execFileSync("git", ["apply", "-p0", "-"], { cwd: checkout.folder, input: stdout });
    const patched = readFileSync(join(checkout.folder, "web.yaml"), "utf8");
    checkout.write("web.yaml", BROKEN);
    await checkout.check("--fix", "web.yaml");
    expect(readFileSync(join(checkout.folder, "web.yaml"), "utf8")).toBe(patched);
  });

  it("prints nothing where nothing can be fixed", async () => {
    checkout.write("web.yaml", BROKEN.replace('"80"', "80").replace("targetport", "targetPort"));
    const { code, stdout } = await checkout.check("--fix", "--dry-run", "web.yaml");
    expect([code, stdout]).toEqual([0, ""]);
  });

  it("without --fix names the option that it once was", async () => {
    const { code, stderr } = await checkout.check("--dry-run", ".");
    expect([code, stderr]).toEqual([2, expect.stringContaining("use --server-dry-run")]);
  });

  it("is not a setting of a configuration; the error names the one that it once was", async () => {
    checkout.write("web.yaml", BROKEN);
    checkout.write(".fairlead.yaml", "dryRun: true\n");
    const { code, stderr } = await checkout.check("web.yaml");
    expect([code, stderr]).toEqual([2, expect.stringContaining("did you mean serverDryRun?")]);
  });
});

describe("a unified diff", () => {
  const texts = fc
    .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 })
    .map((lines) => lines.map((line) => `${line}\n`).join(""));
  it("of any two texts counts the lines that it has", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const diff = unifiedDiff("f", before, after);
        for (const [, removed = "", added = "", body = ""] of diff.matchAll(
          /^@@ -\d+,(\d+) \+\d+,(\d+) @@\n((?:[ +-].*\n)*)/gm,
        )) {
          const lines = body.split("\n").slice(0, -1);
          expect(lines.filter((line) => !line.startsWith("+"))).toHaveLength(Number(removed));
          expect(lines.filter((line) => !line.startsWith("-"))).toHaveLength(Number(added));
        }
      }),
    );
  });
});
