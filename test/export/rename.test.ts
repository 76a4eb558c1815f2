import { expect, it } from "@jest/globals";
import { withNames } from "#src/export/rename.ts";

it.each([
  { source: "params.a > 1", want: "P.a > 1" },
  { source: "a.params + params['params']", want: "a.params + P['params']" },
  { source: "[1].all(params, params > 0) && params.b", want: "[1].all(params, params > 0) && P.b" },
  { source: "has(params.a) ? params.b : variables.params", want: "has(P.a) ? P.b : variables.params" },
  { source: "'é𝄞 params' + params.c // params", want: "'é𝄞 params' + P.c // params" },
  { source: "{params.k: params}.?x.orValue(params)", want: "{P.k: P}.?x.orValue(P)" },
  { source: "params.xs.map(x, x + params.y)", want: "P.xs.map(x, x + P.y)" },
  { source: "not valid (", want: "not valid (" },
])("names that are free are replaced: $source", ({ source, want }) => {
  expect(withNames(source, new Map([["params", "P"]]))).toBe(want);
});
