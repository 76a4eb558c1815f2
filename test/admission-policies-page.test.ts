import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { fairlead } from "./check/run-cli.ts";
import { ROOT } from "./paths.ts";

const PAGE = readFileSync(join(ROOT, "docs/admission-policies.md"), "utf8");
/** The files that the page shows, by the comment in their first line. */
const FILES = [...PAGE.matchAll(/^```yaml\n# (\S+)\n([^]*?)^```/gm)].map(([, name = "", text = ""]) => ({
  name,
  text,
}));
/** The commands that it runs on them, with what they print; `...` stands for what is left out. */
const RUNS = [...PAGE.matchAll(/^```\n\$ fairlead (.*)\n([^]*?)^```/gm)].map(([, args = "", shown = ""]) => ({
  args,
  shown,
}));

/** Whether a text is the one that is shown, but for what is left out there. */
function isAsShown(text: string, shown: string): boolean {
  const parts = shown.split("...\n");
  let position = 0;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return text.startsWith(parts[0] ?? "") && text.endsWith(parts.at(-1) ?? "");
}

describe("docs/admission-policies.md", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fairlead-page-"));
    for (const { name, text } of FILES) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      // With the line of the name, since errors name lines.
      writeFileSync(join(folder, name), `# ${name}\n${text}`);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("has files and runs", () => {
    expect([FILES.length > 4, RUNS.length > 4]).toEqual([true, true]);
  });

  it("is where reports lead for a rule in CEL", async () => {
    const args = ["check", "--no-config", "--format", "json", "--policy", "team-ports.yaml", "manifests/web.yaml"];
    const { stdout } = await fairlead(args, { cwd: folder });
    const [, anchor = ""] = /"help":"[^"]*\/docs\/admission-policies#([^"]*)"/.exec(stdout) ?? [];
    const headings = [...PAGE.matchAll(/^## (.*)$/gm)].map(([, text = ""]) => text.toLowerCase().replaceAll(" ", "-"));
    expect(headings).toContain(anchor);
  });

  it.each(RUNS)("shows what `fairlead $args` prints", async ({ args, shown }) => {
    const { stdout, stderr } = await fairlead(args.split(" "), { cwd: folder });
    const printed = stdout + stderr;
    expect(isAsShown(printed, shown) ? shown : printed).toBe(shown);
  });
});
