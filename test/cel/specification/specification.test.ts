import { describe, expect, it } from "@jest/globals";
import { type Case, CASES } from "./cases.ts";
import { EXCEPTIONS, whyException } from "./exceptions.ts";
import { problemOf } from "./outcome.ts";
import { whyOutside } from "./outside.ts";

const INSIDE = CASES.filter((subject) => whyOutside(subject) === undefined);
const EXPECTED = INSIDE.filter(({ path }) => whyException(path) === undefined);

function problems(cases: readonly Case[]): readonly string[] {
  return cases.flatMap((subject) => {
    const problem = problemOf(subject);
    return problem === undefined ? [] : [`${subject.path}: ${subject.expression}: ${problem}`];
  });
}

describe("the tests of the CEL specification", () => {
  it("pass, but for the exceptions", () => {
    expect(problems(EXPECTED)).toEqual([]);
  });

  // So that a row that is needed no more does not stay.
  it.each(Object.keys(EXCEPTIONS))("do not pass at %s", (start) => {
    const cases = INSIDE.filter(({ path }) => path.startsWith(start));
    expect(cases.length).toBeGreaterThan(0);
    expect(problems(cases)).toHaveLength(cases.length);
  });

  it("are as many as were counted", () => {
    expect({ all: CASES.length, inside: INSIDE.length, passed: EXPECTED.length }).toEqual({
      all: 2344,
      inside: 1396,
      passed: 1340,
    });
  });
});
