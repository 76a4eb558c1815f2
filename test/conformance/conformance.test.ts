import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { compareCel, readCelRun } from "./cel.ts";
import { ask, compare, type Point, POINTS, readRun } from "./vectors.ts";

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".jsonl.gz"));

const CEL = join(import.meta.dirname, "cel");

describe("expressions agree with a real API server", () => {
  it.each(readdirSync(CEL))("on every policy and Service of %s", (file) => {
    const run = readCelRun(join(CEL, file));
    const disagreements = run.vectors.flatMap((vector) => {
      const { policy, answers, said } = compareCel(vector, run);
      return policy && !Object.values(answers).includes(false) ? [] : [{ id: vector.id, said }];
    });
    expect(run.vectors.length).toBeGreaterThan(100);
    expect(disagreements).toEqual([]);
  });
});

describe("the engine agrees with a real API server", () => {
  it.each(FILES)("on every question of %s", (file) => {
    const run = readRun(join(import.meta.dirname, file));
    const disagreements: { id: string; point: Point }[] = [];
    for (const vector of run.vectors) {
      const agreement = compare(vector, ask(vector, run), run);
      for (const point of POINTS) if (agreement[point] === false) disagreements.push({ id: vector.id, point });
    }
    expect(run.vectors.length).toBeGreaterThan(100);
    expect(disagreements).toEqual([]);
  });
});
