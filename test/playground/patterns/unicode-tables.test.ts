import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "@jest/globals";
import { UnicodeTables } from "#playground/patterns/unicode-tables.ts";

type Kind = "CATEGORIES" | "SCRIPTS" | "FOLD_CATEGORIES" | "FOLD_SCRIPT";

interface Table {
  readonly length: number;
  getLo(index: number): number;
  getHi(index: number): number;
  getStride(index: number): number;
}

/** What re2js has: it exports none of it. */
interface Tables {
  readonly keys: Readonly<Record<Kind, readonly string[]>>;
  readonly table: (kind: Kind, name: string) => Table;
  readonly print: Table;
  readonly orbit: readonly (readonly [number, number])[];
}

const theirs = theirTables();

function theirTables(): Tables {
  const source = readFileSync(createRequire(import.meta.url).resolve("re2js"), "utf8");
  const part = /^\/\/ src\/UnicodeRangeTable\.js$[^]*?(?=^\/\/ src\/Unicode\.js$)/m.exec(source)?.[0] ?? "";
  const made: unknown = runInNewContext(`${part}
    const kinds = ["CATEGORIES", "SCRIPTS", "FOLD_CATEGORIES", "FOLD_SCRIPT"];
    ({
      keys: Object.fromEntries(kinds.map((kind) => [kind, Object.keys(UnicodeTables[kind].initializer)])),
      table: (kind, name) => UnicodeTables[kind].get(name),
      print: UnicodeTables.Print,
      orbit: [...UnicodeTables.CASE_ORBIT],
    })`);
  if (!isTables(made)) throw new Error("re2js has other tables now");
  return made;
}

function isTables(value: unknown): value is Tables {
  return typeof value === "object" && value !== null && "orbit" in value;
}

/** Whether a code point is a character in no version of Unicode that takes part: the engine that runs this may know a later one. */
function isNew(point: number): boolean {
  return /^\p{Cn}$/u.test(String.fromCodePoint(point)) !== includes(theirs.table("CATEGORIES", "Cn"), point);
}

function includes(table: Table, point: number): boolean {
  return rangesOf(table).some(([first, last]) => point >= first && point <= last);
}

/** The ranges of a table, those without a gap between them as one. */
function rangesOf(table: Table | null): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (let index = 0; index < (table?.length ?? 0); index++) {
    const [first, last, stride] = [table?.getLo(index) ?? 0, table?.getHi(index) ?? 0, table?.getStride(index) ?? 1];
    for (let point = first; point <= last; point += stride) {
      const end = stride === 1 ? last : point;
      const before = ranges.at(-1);
      if (before?.[1] === point - 1) before[1] = end;
      else ranges.push([point, end]);
      point = end;
    }
  }
  return ranges;
}

/** The first few code points that only one of the tables has. */
function differences(one: Table | null, other: Table | null): string[] {
  const [ours, others] = [rangesOf(one), rangesOf(other)];
  if (JSON.stringify(ours) === JSON.stringify(others)) return [];
  const pointsIn = (ranges: typeof ours): Set<number> =>
    new Set(ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)));
  return [...pointsIn(ours).symmetricDifference(pointsIn(others))]
    .filter((point) => !isNew(point))
    .slice(0, 5)
    .map((point) => `U+${point.toString(16)}`);
}

describe("the tables of Unicode in the page", () => {
  it.each([
    { kind: "CATEGORIES", every: 1 },
    // They differ in nothing but their names.
    { kind: "SCRIPTS", every: 7 },
    { kind: "FOLD_CATEGORIES", every: 1 },
    { kind: "FOLD_SCRIPT", every: 1 },
  ] as const)("$kind are those of re2js", ({ kind, every }) => {
    const names = theirs.keys[kind].filter((_, index) => index % every === 0);
    expect(names).not.toEqual([]);
    const wrong = names.flatMap((name) =>
      differences(UnicodeTables[kind].get(name), theirs.table(kind, name)).map((point) => `${name}: ${point}`),
    );
    expect(wrong).toEqual([]);
  });

  it("have the same names", () => {
    const { keys } = theirs;
    expect(keys.CATEGORIES.filter((name) => !UnicodeTables.CATEGORIES.has(name))).toEqual([]);
    expect(keys.SCRIPTS.filter((name) => !UnicodeTables.SCRIPTS.has(name))).toEqual([]);
    const others = ["Letter", "Grek", "Latn", "gc=L", "Pattern_Syntax", "greek", "Zzzz", ""];
    expect(others.filter((name) => UnicodeTables.CATEGORIES.has(name) || UnicodeTables.SCRIPTS.has(name))).toEqual([]);
    const unfolded = keys.CATEGORIES.filter((name) => !keys.FOLD_CATEGORIES.includes(name));
    expect(unfolded.filter((name) => UnicodeTables.FOLD_CATEGORIES.get(name) !== null)).toEqual([]);
  });

  it("have the same characters in other cases", () => {
    const known = new Map(theirs.orbit);
    const points = Array.from({ length: 0x1_ffff }, (_, point) => point);
    const { CASE_ORBIT: ours } = UnicodeTables;
    const wrong = points.filter((point) => (ours.has(point) ? ours.get(point) : undefined) !== known.get(point));
    expect(wrong.filter((point) => !isNew(point))).toEqual([]);
  });

  it("have the same that can be printed", () => {
    expect(differences(UnicodeTables.Print, theirs.print)).toEqual([]);
  });
});
