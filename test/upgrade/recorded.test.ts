import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { equalJson } from "#src/field/json-equality.ts";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { fairlead } from "../check/run-cli.ts";
import { type Pair, type RecordedAnswer, recordedPairs, withNames } from "./recorded-pairs.ts";

/*
 * The estate is made of recorded questions: every create that was put to both versions, as a manifest of its own, and every
 * update, as the stored object with the new manifest in kubectl's annotation. The command must find what the answers of the
 * two real servers differ in, and nothing else. The questions were asked as dry runs, in which no server checks whether a
 * node port lies in the range; the command judges so as well, since a range does not depend on the version.
 */

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-upgrade-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Findings = ReadonlyMap<string, readonly JsonObject[]>;

/** The findings of the real command about each file of the estate, for one way. */
async function upgrade(from: string, to: string, way: string, ...options: readonly string[]): Promise<Findings> {
  const args = ["--no-config", "--cluster-profile", "dual", "--assume-service", "--format", "json", ...options, folder];
  const { code, stdout, stderr } = await fairlead(["upgrade", "--from", from, "--to", to, ...args]);
  const report: unknown = JSON.parse(stdout);
  const findings = valueAt(report, ["findings"]);
  if (!Array.isArray(findings)) throw new Error(`no report: ${stderr}`);
  const errors = findings.filter((finding) => valueAt(finding, ["severity"]) === "error");
  expect(code).toBe(errors.length > 0 ? 1 : 0);
  const ofWay = findings.filter(isObject).filter((finding) => {
    const on = valueAt(finding, ["upgrade", "on"]);
    return Array.isArray(on) && on.includes(way);
  });
  return Map.groupBy(ofWay, ({ file }) => basename(String(file)));
}

/** What the answers of two versions differ in. */
interface Difference {
  readonly newlyRefused: boolean;
  /** Field and reason of each cause of a new refusal. */
  readonly causes: readonly string[];
  readonly moreWarnings: number;
  /** The later object as mutating admission sees it, and as it is stored. */
  readonly admission?: unknown;
  readonly stored?: unknown;
}

const NONE: Difference = { newlyRefused: false, causes: [], moreWarnings: 0 };

function recorded({ from, to }: Pair): Difference {
  if (!from.answer.allowed) return NONE;
  if (!to.answer.allowed) return { ...NONE, newlyRefused: true, causes: to.answer.causes };
  return {
    ...NONE,
    moreWarnings: to.answer.warnings - from.answer.warnings,
    admission: withNames(to.answer.admission, to.names),
    stored: withNames(masked(to.answer.stored, from.answer, to.answer), to.names),
  };
}

/**
 * What the command says that the answers differ in.
 * @param there the findings about going from the one to the other
 * @param back those about going back, among which are the warnings that the later version no longer gives
 */
function told({ from, to }: Pair, there: readonly JsonObject[], back: readonly JsonObject[]): Difference {
  const refusals = there.filter(({ severity }) => severity === "error");
  if (refusals.length > 0) {
    const causes = refusals.map(({ field, reason }) => `${String(field)} ${String(reason)}`);
    return { ...NONE, newlyRefused: true, causes: [...new Set(causes)].sort() };
  }
  const [more = 0, fewer = 0] = [there, back].map(
    (list) => list.filter(({ severity }) => severity === "warning").length,
  );
  const warnings = { ...NONE, moreWarnings: more - fewer };
  // Of what is refused there is nothing to say.
  if (!from.answer.allowed) return back.some(({ severity }) => severity === "error") ? NONE : warnings;
  const changed = (object: unknown, stage: string): unknown =>
    there.filter((finding) => stagesOf(finding).includes(stage)).reduce<unknown>(changedBy, structuredClone(object));
  return {
    ...warnings,
    admission: withNames(changed(from.answer.admission, "admission"), from.names),
    stored: withNames(masked(changed(from.answer.stored, "stored"), from.answer, to.answer), from.names),
  };
}

function stagesOf(finding: JsonObject): readonly unknown[] {
  const stages = valueAt(finding, ["upgrade", "at"]);
  return Array.isArray(stages) ? stages : [];
}

/** The object with the change that a finding tells. */
function changedBy(object: unknown, { field, upgrade: change }: JsonObject): unknown {
  const keys = [...String(field).matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  const steps = keys.map((key) => (typeof key === "string" && /^\d+$/.test(key) ? Number(key) : key));
  const [parent, last] = [valueAt(object, steps.slice(0, -1)), steps.at(-1)];
  if (!isObject(change) || last === undefined) throw new Error(`no change of ${String(field)}`);
  // A port that the server picked, or kept, is recorded as 0.
  expect([change["from"], 0]).toContainEqual(valueAt(object, steps));
  if (typeof parent !== "object" || parent === null) throw new Error(`${String(field)} is in nothing`);
  if (Object.hasOwn(change, "to")) Reflect.set(parent, last, change["to"]);
  else Reflect.deleteProperty(parent, last);
  return object;
}

/** The object with what either server picked blotted out, where it is there. */
function masked(object: unknown, ...answers: readonly RecordedAnswer[]): unknown {
  const copy: unknown = structuredClone(object);
  for (const pointer of answers.flatMap(({ picked }) => picked)) {
    const steps = pointer
      .split("/")
      .slice(1)
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const [parent, last] = [valueAt(copy, steps.slice(0, -1)), steps.at(-1)];
    if (typeof parent === "object" && parent !== null && last !== undefined && valueAt(parent, [last]) !== undefined) {
      Reflect.set(parent, last, "picked");
    }
  }
  return copy;
}

const ESTATES = [
  {
    way: "create",
    write: ({ from }: Pair) => from.text,
    options: [],
    atLeast: 1000,
  },
  { way: "update", write: storedText, options: ["--apply", "replace"], atLeast: 200 },
] as const;

/** The stored object of an update as a cluster shows it, with the new manifest where kubectl notes it. */
function storedText({ from }: Pair): string {
  const old = isObject(from.old) ? from.old : {};
  const metadata = valueAt(old, ["metadata"]);
  const annotations = { "kubectl.kubernetes.io/last-applied-configuration": from.text };
  return JSON.stringify({ ...old, metadata: { ...(isObject(metadata) && metadata), uid: "1", annotations } });
}

describe.each(ESTATES)("an estate of recorded questions: $way", ({ way, write, options, atLeast }) => {
  it.each([
    { from: "1.27", to: "1.36", says: { create: ["error", "note", "warning"], update: ["note", "warning"] } },
    { from: "1.31", to: "1.36", says: { create: ["error", "warning"], update: ["warning"] } },
    // A wrong value of a field that the older one does not know is refused by the newer one.
    { from: "1.29", to: "1.32", says: { create: ["error", "note"], update: ["note"] } },
  ])("from $from to $to and back, as both servers answered", async ({ from, to, says }) => {
    const pairs = recordedPairs(from, to, way);
    expect(pairs.length).toBeGreaterThanOrEqual(atLeast);
    const file = (index: number): string => `${String(index).padStart(5, "0")}.json`;
    for (const [index, pair] of pairs.entries()) writeFileSync(join(folder, file(index)), write(pair));
    const there = await upgrade(from, to, way, ...options);
    const back = await upgrade(to, from, way, ...options);
    const disagreements = pairs.flatMap((pair, index) => {
      const [forward, backward] = [there, back].map((findings) => findings.get(file(index)) ?? []);
      const turned = { from: pair.to, to: pair.from };
      return [
        { text: pair.from.text, want: recorded(pair), got: told(pair, forward ?? [], backward ?? []) },
        { text: pair.from.text, want: recorded(turned), got: told(turned, backward ?? [], forward ?? []) },
      ].filter(({ want, got }) => !equalJson(want, got));
    });
    for (const index of pairs.keys()) rmSync(join(folder, file(index)));
    expect(disagreements.slice(0, 3)).toEqual([]);
    expect([...new Set([...there.values()].flat().map(({ severity }) => String(severity)))].sort()).toEqual(says[way]);
  });
});
