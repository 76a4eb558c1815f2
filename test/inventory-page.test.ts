import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { COLLECTIONS } from "#src/cluster/inventory/collections.ts";
import { RULES } from "#src/policy/rules/index.ts";
import { ROOT } from "./paths.ts";

const PAGE = readFileSync(join(ROOT, "docs/inventory.md"), "utf8");
const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

it("docs/inventory.md says of each rule what it needs", () => {
  const section = PAGE.slice(PAGE.indexOf("## Which rules need what"), PAGE.indexOf("## What is kept"));
  const rows = [...section.matchAll(/^\| (`.*) \| (`.*) \|$/gm)].flatMap(([, rules = "", needs = ""]) =>
    codesIn(rules).map((rule): [string, readonly string[]] => [rule, codesIn(needs).toSorted()]),
  );
  const all = RULES.flatMap(({ id, needs = [] }): [string, readonly string[]][] =>
    needs.length === 0 ? [] : [[id, needs.toSorted()]],
  );
  expect(new Map(rows)).toEqual(new Map(all));
});

it("docs/inventory.md names every kind that is read of a cluster", () => {
  const section = PAGE.slice(PAGE.indexOf("## What is kept"), PAGE.indexOf("## Of a run"));
  const words = new Set(section.match(/[A-Za-z]+/g));
  expect(COLLECTIONS.map(({ kind }) => kind).filter((kind) => !words.has(kind))).toEqual([]);
});
