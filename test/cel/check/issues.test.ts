import { describe, expect, it } from "@jest/globals";
import { problems, SCOPE } from "./expressions.ts";

describe("what the checker says, in the words of the API server", () => {
  it.each<[source: string, ...problems: string[]]>([
    // Names
    ["foo", "1: undeclared reference to 'foo' (in container '')"],
    ["1 + foo", "5: undeclared reference to 'foo' (in container '')"],
    [".foo", "2: undeclared reference to '.foo' (in container '')"],
    ["fun()", "4: undeclared reference to 'fun' (in container '')"],
    ["'string'.fun()", "13: undeclared reference to 'fun' (in container '')"],
    ["Msg{}", "4: undeclared reference to 'Msg' (in container '')"],
    ["Msg{a: foo}", "4: undeclared reference to 'Msg' (in container '')"],
    ["ints.exists(y, y > 10) && y < 5", "27: undeclared reference to 'y' (in container '')"],
    [
      "math.ceil(1.2) == 2.0",
      "1: undeclared reference to 'math' (in container '')",
      "10: undeclared reference to 'ceil' (in container '')",
    ],
    [
      "math.sign(-3) == -1",
      "1: undeclared reference to 'math' (in container '')",
      "10: found no matching overload for 'sign' applied to '!error!.(int)'",
    ],
    [
      "foo.bar == 1 && foo.bar.all(x, x)",
      ...[1, 17].map((at) => `${at}: undeclared reference to 'foo' (in container '')`),
    ],
    // Fields
    ["service.foo", "8: undefined field 'foo'"],
    ["has(service.foo)", "4: undefined field 'foo'"],
    ["service.?foo", "8: undefined field 'foo'"],
    ["service.spec.a == service.b", "13: undefined field 'a'", "26: undefined field 'b'"],
    ["unknown.a", "8: unexpected failed resolution of 'Unknown'"],
    ["s.a", "2: type 'string' does not support field selection"],
    ["service.created.seconds", "16: type 'timestamp' does not support field selection"],
    ["[].length", "3: type 'list(_var0)' does not support field selection"],
    ["maybe.a", "6: type 'string' does not support field selection"],
    // Overloads
    ["1 + 'a'", "3: found no matching overload for '_+_' applied to '(int, string)'"],
    ["ints + services", "6: found no matching overload for '_+_' applied to '(list(int), list(Service))'"],
    ["ints[1u]", "5: found no matching overload for '_[_]' applied to '(list(int), uint)'"],
    ["labels[2].a == 23", "7: found no matching overload for '_[_]' applied to '(map(string, string), int)'"],
    ["i != null", "3: found no matching overload for '_!=_' applied to '(int, null)'"],
    ["s.startsWith(1)", "13: found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ["startsWith(s, 'a')", "11: found no matching overload for 'startsWith' applied to '(string, string)'"],
    ["!i", "1: found no matching overload for '!_' applied to '(int)'"],
    ["b ? 1 : 'a'", "3: found no matching overload for '_?_:_' applied to '(bool, int, string)'"],
    [
      "[].map(x, [].map(y, x in y && y in x))",
      "33: found no matching overload for '@in' applied to '(list(dyn), dyn)'",
    ],
    ["strings.quote(1)", "14: found no matching overload for 'strings.quote' applied to '(int)'"],
    ["duration(b)", "9: found no matching overload for 'duration' applied to '(bool)'"],
    ["maybe + 'a'", "7: found no matching overload for '_+_' applied to '(optional_type(string), string)'"],
    ["service.created > duration('1s')", "17: found no matching overload for '_>_' applied to '(timestamp, duration)'"],
    // Logic
    ["i && b", "1: expected type 'bool' but found 'int'"],
    ["s || i", "1: expected type 'bool' but found 'string'", "6: expected type 'bool' but found 'int'"],
    // Macros
    [
      "b.all(y, y == true)",
      "1: expression of type 'bool' cannot be range of a comprehension (must be list, map, or dynamic)",
    ],
    [
      "service.all(e, 0)",
      "1: expression of type 'Service' cannot be range of a comprehension (must be list, map, or dynamic)",
      "16: expected type 'bool' but found 'int'",
    ],
    ["ints.filter(x, x)", "12: found no matching overload for '_?_:_' applied to '(int, list(int), list(int))'"],
    // Optional values
    ["{?'key': 'hi'}", "10: expected type 'optional_type(string)' but found 'string'"],
    ["[?'value']", "3: expected type 'optional_type(string)' but found 'string'"],
    [
      "Service{?labels: labels}",
      "18: expected type 'optional_type(map(string, string))' but found 'map(string, string)'",
    ],
    // Objects
    ["int{}", "4: 'int' is not a message type"],
    ["list{}", "5: 'list' is not a message type"],
    ["i{a: 1}", "2: 'int' is not a type", "4: unexpected failed resolution of 'i'"],
    ["nothing{}", "8: 'null_type' is not a type"],
    ["ServiceSpec{type: 1}", "17: expected type of field 'type' is 'string' but provided type is 'int'"],
    [
      "ServiceSpec{ports: ['a']}",
      "18: expected type of field 'ports' is 'list(int)' but provided type is 'list(string)'",
    ],
    ["ServiceSpec{type: []}", "17: expected type of field 'type' is 'string' but provided type is 'list(_var0)'"],
    ["ServiceSpec{foo: 2}", "16: undefined field 'foo'"],
  ])("%s", (source, ...expected) => {
    expect(problems(source)).toStrictEqual(expected);
  });

  it("accepts anything where an error has been told", () => {
    expect(problems("foo + 1 == foo.bar('x')[foo]")).toStrictEqual([
      "1: undeclared reference to 'foo' (in container '')",
      "12: undeclared reference to 'foo' (in container '')",
      "19: undeclared reference to 'bar' (in container '')",
      "25: undeclared reference to 'foo' (in container '')",
    ]);
  });

  it.each([
    ["types that double", `[1]${".map(x, {x: x})".repeat(40)} == d`],
    [
      "types that stand for types twice",
      `${Array.from({ length: 40 }, (_, i) => `[].all(x${i}, `).join("")}${Array.from({ length: 39 }, (_, i) => `x${i} == {x${i + 1}: x${i + 1}}`).join(" && ")}${")".repeat(40)}`,
    ],
  ])("gives up at %s", (_, source) => {
    expect(problems(source).map((problem) => problem.replace(/^\d+/, ""))).toStrictEqual([
      ": the types of this expression are too complex",
    ]);
  });

  it("knows what is in the scope only", () => {
    const nothing = { ...SCOPE, variables: new Map(), functions: new Map() };
    expect(problems("size(int)", nothing)).toStrictEqual([
      "6: undeclared reference to 'int' (in container '')",
      "5: undeclared reference to 'size' (in container '')",
    ]);
  });
});
