import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { askAgainst } from "./against.ts";
import { readRun } from "./vectors.ts";

const FILES = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".jsonl.gz"));

describe("an update that is checked against the old manifest", () => {
  let asked = 0;

  test.each(FILES)("gets the answer that the server gave on the stored object: %s", (file) => {
    const run = readRun(join(import.meta.dirname, file));
    const figures = askAgainst(run, false);
    asked += figures.asked;
    expect(figures).toEqual({ asked: figures.asked, missed: [], falseAlarms: [], otherCauses: [] });
    // A new manifest that says what the server happened to allocate is refused: nobody can know that it is the same.
    expect(askAgainst(run, true).missed).toEqual([]);
  });

  test("was asked about often enough", () => {
    expect(asked).toBeGreaterThan(3000);
  });
});
