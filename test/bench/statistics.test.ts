import { describe, expect, it } from "@jest/globals";
import { AIMS, aimText } from "#bench/aims.ts";
import { median, quantile, ratiosOf, spreadOf, spreadText } from "#bench/statistics.ts";
import { markdownOf, tableOf, tablesOf } from "#bench/table.ts";

describe("the statistics of the benchmarks", () => {
  it.each([
    [[], Number.NaN],
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 9], 3],
  ])("the median of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it.each([
    [0, 1],
    [0.5, 50],
    [0.99, 99],
    [0.999, 100],
    [1, 100],
  ])("the quantile of %d of 1 to 100 is %d", (share, expected) => {
    expect(
      quantile(
        Array.from({ length: 100 }, (_, index) => 100 - index),
        share,
      ),
    ).toBe(expected);
  });

  it("compares round with round", () => {
    // The machine was slow in the second round: the medians of both would compare different rounds.
    expect(ratiosOf([80, 8, 90], [100, 10, 100])).toEqual([0.8, 0.8, 0.9]);
    expect(() => ratiosOf([1], [1, 2])).toThrow("1 rounds beside 2");
  });

  it.each([
    [[0.9, 0.8, 1.234], "0.90 (0.80 to 1.23)"],
    [[1, 1, 1], "1.00"],
    [[], ""],
  ])("shows %j as %j", (numbers, expected) => {
    expect(spreadText(spreadOf(numbers))).toBe(expected);
  });

  it.each([
    [AIMS.throughputUnderLoad, 0.85, "at least 0.85: met"],
    [AIMS.throughputUnderLoad, 0.84, "at least 0.85: not met"],
    [AIMS.memory, 1.25, "at most 1.25: met"],
    [AIMS.createsPerSecond, 63_000, "at least 150,000 a second: not met"],
    [AIMS.readyWithCluster, Number.NaN, "at most 2,000 ms"],
  ])("puts the aim %j beside %d", (aim, figure, expected) => {
    expect(aimText(aim, figure)).toBe(expected);
  });
});

describe("the tables of the benchmarks", () => {
  const rows = [
    { what: "one", "per second": 10 },
    { what: "a|b", "per second": "" },
  ];

  it("have the columns of the first row", () => {
    expect(tableOf(rows)).toBe("what  per second\none   10\na|b");
    expect(markdownOf(rows)).toBe("| what | per second |\n|---|---|\n| one | 10 |\n| a\\|b |  |");
  });

  it("are one for a benchmark that has rows only", () => {
    const table = { title: "ratios", kind: "ratios", rows } as const;
    expect(tablesOf("judge", rows)).toEqual([{ title: "judge", kind: "figures", rows }]);
    expect(tablesOf("webhook", [table])).toEqual([table]);
  });
});
