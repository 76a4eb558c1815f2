import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { compareCel, isCelRun, readCelRun } from "./cel.ts";
import { ask, compare, type Point, POINTS, readRun } from "./vectors.ts";

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".jsonl.gz"));

const [CEL_FILES, SERVICE_FILES] = [true, false].map((wanted) =>
  FILES.filter((file) => isCelRun(join(import.meta.dirname, file)) === wanted),
);

describe("expressions agree with a real API server", () => {
  it.each(CEL_FILES ?? [])("on every policy and Service of %s", (file) => {
    const run = readCelRun(join(import.meta.dirname, file));
    const disagreements = run.vectors.flatMap((vector) => {
      const { policy, answers, said } = compareCel(vector, run);
      return policy && !Object.values(answers).includes(false) ? [] : [{ id: vector.id, said }];
    });
    expect(run.vectors.length).toBeGreaterThan(100);
    expect(disagreements).toEqual([]);
  });
});

describe("the engine agrees with a real API server", () => {
  it.each(SERVICE_FILES ?? [])("on every question of %s", (file) => {
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
