import { describe, expect, it } from "@jest/globals";
import { CelError, fromJson, type Result, typeOf, valueText } from "#src/cel/values/index.ts";
import { ANSWERS, PLAN_ERRORS } from "./answers.ts";
import { planned, programOf } from "./support.ts";

const OBJECT = fromJson({
  a: 1,
  s: "x",
  l: [1, 2],
  n: null,
  f: 1.5,
  d: { k: "v" },
  long: "the quick brown fox jumps over the lazy dog",
  b: true,
  e: [],
  z: "",
  spec: {
    type: "LoadBalancer",
    ports: [
      { name: "http", port: 80, targetPort: "http" },
      { port: 443, targetPort: 8443 },
    ],
  },
});

function answerText(result: Result): string {
  return result instanceof CelError ? `error: ${result.message}` : `${typeOf(result).name}: ${valueText(result)}`;
}

describe("evaluation", () => {
  it.each(ANSWERS)("%s", (expression, answer, cost) => {
    const meter = { cost: 0 };
    const result = programOf(expression).evaluate((name) => (name === "object" ? OBJECT : undefined), meter);
    expect([answerText(result), meter.cost]).toEqual([answer, cost]);
  });

  it.each(PLAN_ERRORS)("%s cannot be planned", (expression, problem) => {
    expect(planned(expression)).toEqual(new CelError(problem));
  });

  it("tells a variable that is not there", () => {
    expect(programOf("other.a").evaluate(() => undefined, { cost: 0 })).toEqual(
      new CelError("no such attribute(s): other"),
    );
  });

  it("passes on an error that a variable is", () => {
    const result = programOf("other.a == 1").evaluate(() => new CelError("failed"), { cost: 0 });
    expect(result).toEqual(new CelError("failed"));
  });
});
