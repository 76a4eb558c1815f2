import { describe, expect, it } from "@jest/globals";
import { CelError, fromJson, type Result } from "#src/cel/values/index.ts";
import { programOf } from "./support.ts";

const TEN = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";

/** Loops in loops: ten to the power of `depth` turns. */
function nested(depth: number): string {
  return depth === 0 ? "true" : `${TEN}.all(x${depth}, ${nested(depth - 1)})`;
}

const MIB = 2 ** 20;
const OVER_LIMIT = new CelError("operation cancelled: actual cost limit exceeded");

function evaluate(expression: string, object: unknown = {}, checkpoint?: () => void): { result: Result; cost: number } {
  const meter = { cost: 0, checkpoint };
  const value = fromJson(object);
  const result = programOf(expression).evaluate((name) => (name === "object" ? value : undefined), meter);
  return { result, cost: meter.cost };
}

describe("limits of an evaluation", () => {
  it.each([
    { what: "loops in loops", expression: nested(7), object: {} },
    { what: "an alternative, too", expression: `${nested(7)} || true`, object: {} },
    {
      what: "long texts compared",
      expression: "object.all(x, object.all(y, string(x) + string(y) != ''))",
      object: Array.from({ length: 2000 }, () => "x".repeat(1000)),
    },
    {
      what: "a long pattern in a long text",
      expression: `string(object).matches('${"a".repeat(100)}')`,
      object: "a".repeat(MIB),
    },
  ])("end $what by the cost", ({ expression, object }) => {
    const { result, cost } = evaluate(expression, object);
    expect(result).toEqual(OVER_LIMIT);
    expect(cost).toBeGreaterThan(1_000_000);
    expect(cost).toBeLessThan(50_000_000);
  });

  it.each([
    { what: "turns", expression: nested(4), object: {} },
    {
      what: "comparisons of lists",
      expression: "object.a == object.b",
      object: { a: Array.from({ length: 5000 }, () => 1), b: Array.from({ length: 5000 }, () => 1) },
    },
    { what: "operations on long texts", expression: "object.contains('x')", object: "a".repeat(20_000) },
  ])("call the checkpoint for $what, and let through what it throws", ({ expression, object }) => {
    class Stop extends Error {}
    const stop = (): never => {
      throw new Stop();
    };
    expect(() => evaluate(expression, object, stop)).toThrow(Stop);
  });

  it.each([
    {
      expression: "object.matches('([a-z]{1,50}[0-9]{1,50}){10}')",
      object: "a".repeat(10_000),
      problem: "text is too long to be searched for the pattern in time",
    },
    {
      expression: "object.matches('.*x')",
      object: "a".repeat(MIB),
      problem: "text is too long to be searched for the pattern in time",
    },
    {
      expression: "'x'.matches(object)",
      object: "(((a{10}){10}){10})".repeat(20),
      problem: "pattern is too large to be compiled in time",
    },
    {
      expression: "'x'.matches(object)",
      object: "a".repeat(6000),
      problem: "pattern is too large to be compiled in time",
    },
  ])("refuse $expression", ({ expression, object, problem }) => {
    expect(evaluate(expression, object).result).toEqual(new CelError(problem));
  });

  it("keep texts and lists that are added to themselves from filling the memory", () => {
    const doubled = (source: string, times: number): string =>
      times === 0 ? source : `[${doubled(source, times - 1)}].map(x, x + x)[0]`;
    expect(evaluate(doubled("object", 14), "a".repeat(1000)).result).toEqual(new CelError("text is too long"));
    expect(
      evaluate(
        doubled("object", 14),
        Array.from({ length: 1000 }, () => 1),
      ).result,
    ).toEqual(new CelError("list is too long"));
  });

  it("count the cost of one evaluation only", () => {
    const program = programOf("object.a == 1");
    const meter = { cost: 5 };
    program.evaluate(() => fromJson({ a: 1 }), meter);
    program.evaluate(() => fromJson({ a: 1 }), meter);
    expect(meter.cost).toBe(3);
  });
});
