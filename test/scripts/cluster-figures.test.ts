import { describe, expect, it } from "@jest/globals";
import { rowsOf, withFigures } from "#bench/cluster/figures.ts";

const ROUND = { creates: [1, 2, 3, 4], deletes: [5], elapsed: 10 };
const SLOWER = { creates: [2, 4, 6, 8], deletes: [9], elapsed: 20 };
const MARKS = [
  "<!-- cluster figures: written by npm run bench:cluster -- --write -->",
  "<!-- end of cluster figures -->",
] as const;

describe("the figures of the benchmark through an API server", () => {
  const rows = rowsOf(
    [
      { name: "none", rounds: new Map([[1, [ROUND, ROUND]]]) },
      { name: "webhook", rounds: new Map([[1, [SLOWER]]]) },
      { name: "policy", why: "not there", rounds: new Map() },
    ],
    [1],
    new Map([["webhook", 2]]),
  );

  it("have a row for each contender, compared with the first", () => {
    expect(rows.map((row) => Object.values(row))).toEqual([
      [1, "none", 0, 400, "3.00", "4.00", "4.00", "0.00", "5.00"],
      [1, "webhook", 2, 200, "6.00", "8.00", "8.00", "3.00", "9.00"],
      [1, "policy", "", "not there", "", "", "", "", ""],
    ]);
  });

  it("replace those that are on the page", () => {
    const page = `before\n${MARKS[0]}\nold\n${MARKS[1]}\nafter\n`;
    const written = withFigures(page, "One run.", rows.slice(0, 1));
    expect(written).toMatch(
      /^before\n<!-- .*-->\nOne run\.\n\n\| clients \|.*\n(\|---)+\|\n\| 1 \| none \|.*\n<!-- .*\nafter\n$/,
    );
    expect(withFigures(written, "One run.", rows.slice(0, 1))).toBe(written);
  });

  it("are refused by a page that has no place for them", () => {
    expect(() => withFigures("nothing", "", rows)).toThrow("are missing");
  });
});
