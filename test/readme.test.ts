import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { fairlead } from "./check/run-cli.ts";
import { ROOT } from "./paths.ts";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The text without the parts, which must come in their order. */
function expectInOrder(text: string, parts: readonly string[]): void {
  let position = 0;
  for (const part of parts) {
    expect(text.slice(position)).toContain(part);
    position = text.indexOf(part, position) + part.length;
  }
}

describe("README.md", () => {
  it("shows what the check of the examples says", async () => {
    const [, shown = ""] = /^\$ node dist\/cli\.js check examples\/\n([^]*?)```/m.exec(README) ?? [];
    const parts = shown.split("...\n");
    expect(parts).toHaveLength(2);
    const { code, stdout } = await fairlead(["check", "examples/"], { cwd: ROOT });
    expect([code, stdout.startsWith(parts[0] ?? ""), stdout.endsWith(parts[1] ?? "")]).toEqual([1, true, true]);
  });

  const section = README.slice(README.indexOf("### Words that YAML"), README.indexOf("## In a cluster"));
  const rows = [...section.matchAll(/^\| `([^`]+)` \| .* \| (.*) \|$/gm)].map(([, written = "", says = ""]) => ({
    written,
    says,
  }));

  it("has a table of words", () => {
    expect(rows.length).toBeGreaterThan(5);
  });

  it.each(rows)("is right about $written", async ({ written, says }) => {
    const isOfPort = /^(?:port|targetPort):/.test(written);
    const port = written.startsWith("port:") ? written : isOfPort ? `port: 80\n    ${written}` : "port: 80";
    const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n  - ${port}\n`;
    const { stdout } = await fairlead(["check", "--no-config", "-"], {
      input: isOfPort ? text : `${text}  ${written}\n`,
    });
    if (says.startsWith("(nothing")) expect(stdout).toMatch(/^no findings in 1 Service/);
    else expectInOrder(stdout, says.split(" ... "));
  });
});
