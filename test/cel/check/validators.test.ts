import { describe, expect, it } from "@jest/globals";
import { problems } from "./expressions.ts";

const STRINGS =
  "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps";

describe("what is wrong with an expression whose types are right", () => {
  it.each<[source: string, ...problems: string[]]>([
    // Literals
    ["duration('1h') > duration('1s')"],
    ["duration('1d') > duration('1s')", "10: invalid duration argument"],
    [".duration('1d') > duration('1s')", "11: invalid duration argument"],
    ["duration(s) > duration('x')", "24: invalid duration argument"],
    ["timestamp('2024-01-01T00:00:00Z') == service.created"],
    ["timestamp('2024-01-01') == service.created", "11: invalid timestamp argument"],
    ["timestamp(-62135596801) == service.created", "11: invalid timestamp argument"],
    ["s.matches('(a|b)')"],
    ["s.matches('(')", "11: invalid matches argument"],
    ["s.matches('(?=a)')", "11: invalid matches argument"],
    ["'('.matches('a')"],
    // It is the first argument that is looked at, which is the text here.
    ["matches('(', 'a')", "9: invalid matches argument"],
    ["matches(s, '(')"],
    // Mixed types
    ["[1, 2]"],
    ["[1, 'a', 2u]", "5: expected type 'int' but found 'string'"],
    ["[1, 'a', 'b']", "5: expected type 'int' but found 'string'"],
    ["[1, d]", "5: expected type 'int' but found 'dyn'"],
    ["[dyn(1), dyn('a')]"],
    ["[d, 1]", "5: expected type 'dyn' but found 'int'"],
    ["[[], [1], ['a']]", "11: expected type 'list(int)' but found 'list(string)'"],
    ["[{}, {'a': 1}]"],
    ["[null, 1]", "8: expected type 'null' but found 'int'"],
    ["[?maybe, 'a', 1]", "15: expected type 'string' but found 'int'"],
    ["[?d.?a, 1]", "9: expected type 'dyn' but found 'int'"],
    ["{1: 'a', 'b': 2}", "10: expected type 'int' but found 'string'", "15: expected type 'string' but found 'int'"],
    [
      "{'a': 1, 'b': d, 'c': 's'}",
      "15: expected type 'int' but found 'dyn'",
      "23: expected type 'int' but found 'string'",
    ],
    ["{'a': 's', ?'b': maybe}"],
    ["{'a': 1, ?'b': maybe}", "16: expected type 'int' but found 'string'"],
    ["ints.all(x, x in [1, d])", "22: expected type 'int' but found 'dyn'"],
    ["[?d]", "3: an optional element of type 'dyn' crashes the API server"],
    // Arguments of format
    ["'%s %d'.format(['a', 1])"],
    ["'%s'.format([[1, 'a', {'b': 1, 2: null}]])"],
    ["'%s'.format([[1, d].map(x, [x, 's'])])"],
    ["'%s'.format([]) == ''", "12: index 0 out of range"],
    ["'%s %s'.format(['a']) == ''", "15: index 1 out of range"],
    ["'a'.format(['a'])", "11: too many arguments supplied to string.format (expected 0, got 1)"],
    ["'%%%d%%'.format([1, 2])", "16: too many arguments supplied to string.format (expected 1, got 2)"],
    ["'%'.format([])", "11: unexpected end of string"],
    ["'%'.format([1])", "11: unexpected end of string"],
    ["'%z'.format([1])", '12: could not parse formatting clause: unrecognized formatting clause "z"'],
    ["'%é'.format([1])", '12: could not parse formatting clause: unrecognized formatting clause "Ã"'],
    [
      "'%.'.format([1.0])",
      "12: could not parse formatting clause: error while parsing precision: could not find end of precision specifier",
    ],
    [
      "'%.3'.format([1.0])",
      "13: could not parse formatting clause: error while parsing precision: could not find end of precision specifier",
    ],
    [
      "'%.f'.format([1.0])",
      '13: could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax',
    ],
    [
      "'%.9223372036854775808f'.format([1.0])",
      '32: could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "9223372036854775808": value out of range',
    ],
    ["'%.2f %e %f'.format([1.5, 2.5, 'NaN'])"],
    [
      "'%d'.format([1.5])",
      "14: error during formatting: decimal clause can only be used on integers, was given double",
    ],
    ["'%f'.format([1])", "14: error during formatting: fixed-point clause can only be used on doubles, was given int"],
    [
      "'%e'.format([ints])",
      "14: error during formatting: scientific clause can only be used on doubles, was given list",
    ],
    [
      "'%b'.format(['a'])",
      "14: error during formatting: only integers and bools can be formatted as binary, was given string",
    ],
    [
      "'%X'.format([true])",
      "14: error during formatting: only integers, byte buffers, and strings can be formatted as hex, was given bool",
    ],
    [
      "'%o'.format([null])",
      "14: error during formatting: octal clause can only be used on integers, was given null_type",
    ],
    ["'%s'.format([maybe])", `14: error during formatting: ${STRINGS}, was given optional_type`],
    ["'%s'.format([[1, maybe]])", `18: error during formatting: ${STRINGS}, was given optional_type`],
    ["'%s'.format([{'a': service}])", `20: error during formatting: ${STRINGS}, was given Service`],
    ["'%s %d %x'.format([service.created, d, b'a'])"],
    ["'%s %s %s'.format([int, duration('1s'), null])"],
    ["'%d'.format(ints)"],
    ["s.format([1])"],
  ])("%s", (source, ...expected) => {
    expect(problems(source)).toStrictEqual(expected);
  });

  it("looks at mixed types only, before Kubernetes 1.29", () => {
    const source = "duration('x') == duration('y') && 1 in [1, d]";
    expect(problems(source, undefined, 28)).toStrictEqual(["44: expected type 'int' but found 'dyn'"]);
    expect(problems(source, undefined, 29)).toHaveLength(3);
  });
});
