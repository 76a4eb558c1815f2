import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ask, compare, POINTS, readRun, type Run } from "../conformance/vectors.ts";

const FOLDER = "test/conformance";
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl.gz"));
/** One question in so many: a mutant is asked them all, and there are thousands of mutants. */
const STEP = 7;

/** Whether the engine gives the recorded answer, on every point that is compared. */
function agrees(vector: Run["vectors"][number], run: Run): boolean {
  const agreement = compare(vector, ask(vector, run), run);
  return POINTS.every((point) => agreement[point] !== false);
}

describe("the engine agrees with a real API server", () => {
  it.each(FILES)("on a sample of %s", (file) => {
    const run = readRun(join(FOLDER, file), STEP);
    expect(run.vectors.find((vector) => !agrees(vector, run))?.id).toBeUndefined();
  });
});
