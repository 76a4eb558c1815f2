import { tests } from "@bufbuild/cel-spec/testdata/conformance.js";
import type { SerializedIncrementalTestSuite } from "@bufbuild/cel-spec/testdata/tests.js";
import { isObject, type JsonObject } from "#src/field/index.ts";

/** One test of the CEL specification. */
export interface Case {
  /** The suites that it stands in, and its name. */
  readonly path: string;
  readonly expression: string;
  /** A `cel.expr.conformance.test.SimpleTest` in JSON. */
  readonly test: JsonObject;
}

function casesOf(suite: SerializedIncrementalTestSuite, above: string): readonly Case[] {
  const path = above + suite.name;
  const own = (suite.tests ?? []).map(({ original }) => ({
    path: `${path}/${original.name ?? original.expr}`,
    expression: original.expr,
    test: isObject(original) ? original : {},
  }));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => casesOf(inner, `${path}/`))];
}

/** The tests of the specification and of its extensions. */
export const CASES: readonly Case[] = (tests.suites ?? []).flatMap((suite) => casesOf(suite, ""));
