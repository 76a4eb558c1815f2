import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Environment } from "@marcbachmann/cel-js";
import { describe, expect, it } from "@jest/globals";
import { MAY_BE_REFUSED } from "#src/cluster/calls/may-be-refused.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { ask, readRun, type Run, type Vector } from "#test/conformance/vectors.ts";
import { ROOT } from "#test/paths.ts";

const CONFORMANCE = join(ROOT, "test/conformance");
const FILES = readdirSync(CONFORMANCE).filter((name) => name.endsWith(".jsonl.gz"));

const mayBeRefused = new Environment({ unlistedVariablesAreDyn: true }).parse(MAY_BE_REFUSED);

/** What CEL makes of it; an error counts as the API server counts it: the webhook is not called. */
function isCalled(object: unknown): boolean {
  return mayBeRefused({ object: withIntegers(object) }) === true;
}

/** The API server's whole numbers are CEL's `int`, which are bigints here. */
function withIntegers(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(withIntegers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withIntegers(one)]));
}

/** The object as mutating admission sees it; undefined if the API server refuses it before that. */
function atAdmission(vector: Vector, run: Run): unknown {
  if (vector.admission !== undefined) return vector.admission;
  const { defaulted } = ask(vector, run);
  return defaulted === undefined ? undefined : JSON.parse(JSON.stringify(defaulted));
}

describe("a webhook that only hints", () => {
  it.each(FILES)("is called for every create that the API server refuses: %s", (file) => {
    const run = readRun(join(CONFORMANCE, file));
    const missed: string[] = [];
    let spared = 0;
    for (const vector of run.vectors) {
      if (vector.operation !== "create") continue;
      const object = atAdmission(vector, run);
      if (!isObject(object)) continue;
      let called: boolean;
      try {
        called = isCalled(object);
      } catch (error) {
        missed.push(`${vector.id}: ${String(error)}`);
        continue;
      }
      if (called) continue;
      spared++;
      if (!vector.expect.allowed)
        missed.push(
          `${vector.id}: ${JSON.stringify(valueAt(object, ["spec"]))} ${JSON.stringify(vector.expect.causes)}`,
        );
    }
    expect(missed.slice(0, 10)).toEqual([]);
    // The plain ones among those that are allowed.
    expect(spared).toBeGreaterThan(80);
  });
});
