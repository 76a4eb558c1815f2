import { describe, expect, it, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Draws } from "#fuzz/draws.ts";
import { drawService } from "#fuzz/generators/service.ts";
import { REVIEW_SEEDS } from "#fuzz/generators/seeds.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { decodeAny } from "#src/service/decode/decode.ts";
import { decodePlain } from "#src/service/decode/plain.ts";
import { isService } from "#src/service/schema/structure.ts";
import { anyService, soundService } from "#test/engine/arbitrary.ts";
import { readRun } from "./vectors.ts";

/** Every third of the recorded objects, and the objects that were stored before. */
const RECORDED = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".jsonl.gz"))
  .map((file) => readRun(join(import.meta.dirname, file), 3))
  .flatMap(({ vectors, version: { minor } }) =>
    vectors.flatMap(({ object, oldObject }) => [object, oldObject].filter(isObject).map((value) => ({ value, minor }))),
  );

/** Whether the object is plain; if it is, the answer must be that of the walk for any object, to the order of its fields. */
function agrees(value: unknown, minor: number, skipManagedFields: boolean): boolean {
  const before = JSON.stringify(value);
  const plain = decodePlain(value, minor, skipManagedFields);
  expect(JSON.stringify(value)).toBe(before);
  if (plain === undefined) return false;
  const { service, problems, unknown } = decodeAny(value, { version: { minor }, skipManagedFields });
  expect({ problems, unknown }).toEqual({ problems: [], unknown: [] });
  expect(plain).toStrictEqual(service);
  expect(JSON.stringify(plain)).toBe(JSON.stringify(service));
  expect(isService(plain)).toBe(true);
  return true;
}

describe("a plain object is decoded as any other is", () => {
  const minors = fc.integer({ min: 25, max: 37 });

  it("recorded ones", () => {
    const plain = RECORDED.filter(({ value, minor }) => agrees(value, minor, false) && agrees(value, minor, true));
    const readable = RECORDED.filter(({ value, minor }) => {
      const { service, unknown } = decodeAny(value, { version: { minor } });
      return service !== undefined && unknown.length === 0;
    });
    // Most of the others have a null in a list or a number that is no plain one.
    expect(plain.length / readable.length).toBeGreaterThan(0.99);
  });

  it("generated ones", () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.integer(), minors, fc.boolean(), (seed, minor, skip) => {
        if (agrees(drawService(new Draws(seed)), minor, skip)) plain++;
      }),
      { numRuns: 5000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it("ones drawn field by field", () => {
    fc.assert(
      fc.property(fc.oneof(anyService, soundService), minors, fc.boolean(), (object, minor, skip) => {
        agrees(object, minor, skip);
      }),
      { numRuns: 2000 },
    );
  });
});

test("what an API server sends to a webhook is plain", () => {
  const objects = REVIEW_SEEDS.map((text): unknown => JSON.parse(text))
    .flatMap((review) => [valueAt(review, ["request", "object"]), valueAt(review, ["request", "oldObject"])])
    .filter(isObject);
  expect(objects.length).toBeGreaterThan(10);
  expect(objects.filter((object) => !agrees(object, 36, true))).toEqual([]);
});
