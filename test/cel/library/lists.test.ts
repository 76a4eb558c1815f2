import { describe, expect, it } from "@jest/globals";
import { evaluate, evaluateWithCost } from "./evaluate.ts";

describe("the functions of lists", () => {
  it.each([
    ["[1, 2, 3].isSorted()", true],
    ["[1, 3, 2].isSorted()", false],
    ["['a', 'b', 'b', 'c'].isSorted()", true],
    ["[].isSorted()", true],
    ["[1, 2, 3].sum()", 6],
    ["[1u, 2u].sum() == 3u", true],
    ["[1.5, 2.0].sum()", 3.5],
    ["[duration('1m'), duration('1s')].sum() == duration('61s')", true],
    ["[9223372036854775807, 1].sum()", "error: integer overflow"],
    ["[1, 3].min()", 1],
    ["['b', 'a'].min()", "a"],
    ["[1, 3, 2].max()", 3],
    ["[false, true].max()", true],
    ["[1, 2].filter(x, x > 2).max()", "error: max called on empty list"],
    ["[1, 2].filter(x, x > 2).min()", "error: min called on empty list"],
    ["[1, 2, 2, 3].indexOf(2)", 1],
    ["['a', 'b', 'b', 'c'].lastIndexOf('b')", 2],
    ["[1.0].indexOf(1.1)", -1],
    ["[1, 2, 3, 4].slice(1, 3)", [2, 3]],
    ["[1, 2].slice(0, 2)", [1, 2]],
    ["[1, 2].slice(-1, 2)", "error: cannot slice(-1, 2), negative indexes not supported"],
    ["[1, 2].slice(2, 1)", "error: cannot slice(2, 1), start index must be less than or equal to end index"],
    ["[1, 2].slice(0, 3)", "error: cannot slice(0, 3), list is length 2"],
    ["[[1], [2, 3], []].flatten()", [1, 2, 3]],
    ["[dyn([1]), dyn([[2, 3]])].flatten()", [1, [2, 3]]],
    ["[dyn([1]), dyn([[2], [3]])].flatten(5)", [1, 2, 3]],
    ["[dyn([1])].flatten(0)", [[1]]],
    ["[dyn([1])].flatten(-1)", "error: level must be non-negative"],
    ["[4, 3, 2, 1].sort()", [1, 2, 3, 4]],
    ["['d', 'a'].sort()", ["a", "d"]],
    ["[dyn('d'), dyn(3)].sort()", "error: list elements must have the same type"],
    ["[dyn([1])].sort()", "error: list elements must be comparable"],
    ["[-3, 1, -5, -2, 4].sortBy(e, -(e * e))", [-5, 4, -3, -2, 1]],
    ["lists.range(4)", [0, 1, 2, 3]],
    ["lists.range(-1)", []],
    ["[1, 2, 3].reverse()", [3, 2, 1]],
    ["[1, 2, 1, 2].distinct()", [1, 2]],
    ["[[1], [1], [2]].distinct()", [[1], [2]]],
    ["[dyn(1), dyn(1.0), dyn('1')].distinct()", [1, "1"]],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });

  it.each([["lists.range(2000000).size()"], ["lists.range(9223372036854775807).size()"]])(
    "%s is ended by its cost, before there is a list",
    (expression) => {
      expect(evaluate(expression)).toBe("error: operation cancelled: actual cost limit exceeded");
    },
  );

  it.each([
    ["[1, 2, 3, 4].sum()", 4],
    ["['abcdefghij', 'a'].isSorted()", 1],
    ["[1, 2, 3].slice(0, 2)", 13],
    ["[1, 2, 3].sort()", 29],
    ["['a', 'b'].distinct()", 19],
    ["lists.range(5)", 16],
    ["[1, 2, 3].reverse()", 14],
  ])("%s costs %d", (expression, want) => {
    expect(evaluateWithCost(expression).cost).toBe(want);
  });
});

describe("sets", () => {
  it.each([
    ["sets.contains([], [])", true],
    ["sets.contains([], [1])", false],
    ["sets.contains([1, 2, 3, 4], [2, 3])", true],
    ["sets.contains([dyn(1), dyn(2.0), dyn(3u)], [dyn(1.0), dyn(2u), dyn(3)])", true],
    ["sets.contains([dyn(1)], [dyn('1')])", false],
    ["sets.equivalent([1], [1, 1])", true],
    ["sets.equivalent([1, 2], [1])", false],
    ["sets.intersects([1], [])", false],
    ["sets.intersects([1], [1, 2])", true],
    ["sets.intersects(['a'], ['b'])", false],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toBe(want);
  });

  it.each([
    ["sets.contains([1, 2, 3, 4], [2, 3])", 9],
    ["sets.equivalent([1, 1], [1])", 5],
    ["sets.intersects([1], [])", 1],
  ])("%s costs %d", (expression, want) => {
    expect(evaluateWithCost(expression).cost).toBe(want);
  });
});
