import { describe, expect, it } from "@jest/globals";
import { environmentFor } from "#src/cel/environment/index.ts";
import { AUTHORIZER_VARIABLES, usesAuthorizer } from "#src/cel/library/index.ts";
import { parse } from "#src/cel/syntax/index.ts";
import { evaluate } from "./evaluate.ts";

describe("the version of Kubernetes that functions came with", () => {
  it.each([
    [28, "quantity('1').isInteger()"],
    [29, "sets.contains([1], [1])"],
    [29, "'%d'.format([1]) == '1'"],
    [29, "strings.quote('a') == '\"a\"'"],
    [30, "isIP('::1')"],
    [30, "isCIDR('::/0')"],
    [30, "type(ip('::1')) == net.IP"],
    [31, "format.dns1123Label().validate('a') == optional.none()"],
    [32, "{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}"],
    [33, "semver('1.2.3').major() == 1"],
    [34, "[3, 1].sort() == [1, 3]"],
    [34, "[3, 1].sortBy(x, x) == [1, 3]"],
  ])("1.%d: %s", (minor, expression) => {
    expect(evaluate(expression, minor)).toBe(true);
    expect(evaluate(expression, minor - 1)).toMatch(/^refused: /);
  });

  it.each(["url('/a').getEscapedPath() == '/a'", "'ab'.find('b') == 'b'", "[1].sum() == 1", "'a'.charAt(0) == 'a'"])(
    "from the beginning: %s",
    (expression) => {
      expect(evaluate(expression, 25)).toBe(true);
    },
  );

  it("mutations have the function for the keys of patches", () => {
    const declarations = { variables: new Map(), types: new Map() };
    const has = (hasPatchTypes: boolean): boolean =>
      environmentFor(36, { ...declarations, hasPatchTypes }).scope.functions.has("jsonpatch.escapeKey");
    expect([has(true), has(false)]).toEqual([true, false]);
  });
});

describe("the authorizer", () => {
  it("has variables", () => {
    expect([...AUTHORIZER_VARIABLES.keys()]).toEqual(["authorizer", "authorizer.requestResource"]);
  });

  it.each([
    ["authorizer.path('/healthz').check('get').allowed()", true],
    ["authorizer.requestResource.check('custom').allowed()", true],
    ["size([1].filter(x, authorizer.group('').resource('pods').check('get').allowed())) > 0", true],
    ["object.spec.authorizer == 'x'", false],
    ["['a'].all(authorizer, authorizer == 'a')", false],
    ["{'a': [authorizer]} == {}", true],
  ])("%s asks it: %j", (expression, want) => {
    const parsed = parse(expression, { optionals: true, twoVariables: true, sorting: true });
    expect("ast" in parsed && usesAuthorizer(parsed.ast)).toBe(want);
  });
});
