import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ROOT } from "../paths.ts";
import { CHANGES } from "./changes.ts";
import { DryRun } from "./dry-run.ts";

const GUIDE = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");

/** What CONTRIBUTING.md says under a heading: the files of the numbered list, and those that `npm run docs` writes. */
function listed(heading: string): { readonly byHand: readonly string[]; readonly generated: readonly string[] } {
  const [, section = ""] = GUIDE.split(`\n### ${heading}\n`);
  const [text = ""] = section.split(/\n##/);
  const byHand = [...text.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file);
  const [, written = ""] = /^`npm run docs` writes ([^]*?`)\./m.exec(text) ?? [];
  return { byHand, generated: [...written.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file) };
}

describe("CONTRIBUTING.md says where to change", () => {
  let run: DryRun;
  const touched = new Map<string, readonly string[]>();

  beforeAll(() => {
    run = new DryRun();
    for (const change of CHANGES) touched.set(change.heading, run.make(change));
  });
  afterAll(() => {
    run.remove();
  });

  it("all that it asks, and nothing else", () => {
    const [, part = ""] = GUIDE.split("\n## Where do I change ...?\n");
    const headings = [...(part.split(/\n## /)[0] ?? "").matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(CHANGES.map(({ heading }) => heading));
  });

  it.each(CHANGES)("$heading: the files of the list, in its order", ({ heading, edits, generated }) => {
    expect(listed(heading)).toEqual({ byHand: [...new Set(edits.map(({ file }) => file))], generated });
  });

  it.each(CHANGES)("$heading: no other file", ({ heading, edits, generated }) => {
    expect(touched.get(heading)).toEqual([...new Set([...edits.map(({ file }) => file), ...generated])].sort());
  });

  it.each(CHANGES)("$heading: names files that are there", ({ edits }) => {
    for (const edit of edits)
      expect([edit.file, existsSync(join(ROOT, edit.file))]).toEqual([edit.file, !("create" in edit)]);
  });

  it.each(CHANGES)("$heading: works", ({ shows: { command, prints } }) => {
    expect(run.fairlead(command)).toContain(prints);
  });

  it("what all of them make compiles, and no generated file is stale", () => {
    run.npm("typecheck");
    run.npm("docs:check");
  });
});
