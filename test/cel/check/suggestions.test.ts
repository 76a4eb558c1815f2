import { describe, expect, it } from "@jest/globals";
import { issues } from "./expressions.ts";

describe("what an unknown name was meant to be", () => {
  it.each([
    ["servise.spec", ["service"]],
    ["service.spec.prots", ["ports"]],
    ["service.?lables", ["labels"]],
    ["labels.all(key, kye == '')", ["key"]],
    ["s.startWith('a')", ["startsWith"]],
    ["siez(s)", ["size"]],
    // The qualifier is no variable, and need not be one.
    ["strings.quot(s)", [undefined, "strings.quote"]],
    ["authorizer.requestResorce", [undefined]],
    ["haz(service.spec)", ["has"]],
    ["ints.exist(x, true)", [undefined, "exists"]],
    ["ServiceSpec{prts: ints}", ["ports"]],
    ["zzzzzzzz", [undefined]],
    ["service.spec.zzzzzzzz", [undefined]],
  ])("%s: %p", (source, expected) => {
    expect(issues(source).map(({ suggestion }) => suggestion)).toStrictEqual(expected);
  });
});
