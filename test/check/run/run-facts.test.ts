import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { fairlead } from "../run-cli.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-run-facts-"));
  writeFileSync(
    join(folder, "a b.yaml"),
    "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const html = () =>
  fairlead(["check", "--no-config", "--format", "html", "a b.yaml"], {
    cwd: folder,
    command: ["env", "SOURCE_DATE_EPOCH=1795000000"],
  });

it("the page says when, by which command and, in a repository, of which commit it was made", async () => {
  const before = (await html()).stdout;
  expect(before).toContain('<time datetime="2026-11-18T11:06:40Z">2026-11-18 11:06 UTC</time>');
  const text = before.replaceAll(/<span class="word">|<\/span>/g, "");
  expect(text).toContain("<code>fairlead check --no-config --format html &#39;a b.yaml&#39;</code>");
  expect(before).not.toContain("commit <code>");
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=jo", "-c", "user.email=jo@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  const commit = git("rev-parse", "HEAD").slice(0, 12);
  const after = (await html()).stdout;
  expect(after).toContain(`commit <code>${commit}</code>`);
  expect(after).toBe((await html()).stdout);
});
