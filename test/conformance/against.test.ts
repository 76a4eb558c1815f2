import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { askAgainst } from "./against.ts";
import { readRun } from "./vectors.ts";

const FILES = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".jsonl.gz"));

describe("an update that is checked against the old manifest gets the answer that the server gave on the stored object", () => {
  test.each(FILES)("%s", (file) => {
    const figures = askAgainst(readRun(join(import.meta.dirname, file)), false);
    expect(figures).toEqual({ asked: figures.asked, missed: [], falseAlarms: [], otherCauses: [] });
  });

  test("there are updates to ask about", () => {
    expect(askAgainst(readRun(join(import.meta.dirname, "1.36-dual.jsonl.gz")), false).asked).toBeGreaterThan(900);
  });
});

describe("a new manifest that says a value which the server happened to allocate", () => {
  test.each(FILES)("%s: nothing is missed, since an address that is not known is refused", (file) => {
    const { missed } = askAgainst(readRun(join(import.meta.dirname, file)), true);
    expect(missed).toEqual([]);
  });
});
