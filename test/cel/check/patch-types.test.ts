import { describe, expect, it } from "@jest/globals";
import { checkedTypeText, withPatchTypes } from "#src/cel/check/index.ts";
import { accepted, problems, SCOPE } from "./expressions.ts";

const scope = { ...SCOPE, types: withPatchTypes(SCOPE.types) };

describe("the types of patches", () => {
  it.each([
    ["Object{metadata: Object.metadata{labels: {'a': 'b'}}}", "Object"],
    ["Object{spec: Object.spec{?replicas: d.?x}}.spec.replicas", "dyn"],
    ["Object{spec: Object{}, a: 1}", "Object"],
    ["Object.spec.template{}", "Object.spec.template"],
    ["[JSONPatch{op: 'add', path: '/a', value: 1}]", "list(JSONPatch)"],
    ["JSONPatch{op: 'add'}.value", "dyn"],
    ["JSONPatch{op: 'add'}.op", "string"],
    ["Service{spec: null}.spec", "ServiceSpec"],
  ])("%s: %s", (source, type) => {
    expect(checkedTypeText(accepted(source, scope).result)).toBe(type);
  });

  it.each([
    ["JSONPatch{op: 1}", "13: expected type of field 'op' is 'string' but provided type is 'int'"],
    // The API server knows every field, but no type of it.
    ["JSONPatch{foo: 1}", "14: expected type of field 'foo' is '' but provided type is 'int'"],
    ["JSONPatch{foo: null}", "14: expected type of field 'foo' is '' but provided type is 'null'"],
    ["JSONPatch{}.foo == 1", "17: found no matching overload for '_==_' applied to '(, int)'"],
    ["Objects{}", "8: undeclared reference to 'Objects' (in container '')"],
  ])("%s: %s", (source, problem) => {
    expect(problems(source, scope)).toStrictEqual([problem]);
  });
});
