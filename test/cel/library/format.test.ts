import { describe, expect, it } from "@jest/globals";
import { evaluate } from "./evaluate.ts";

const [FORMATTING, PARSING] = ["error during formatting:", "could not parse formatting clause:"];

describe("format", () => {
  it.each([
    ["no substitution", "", "no substitution"],
    ["str is %s and more", "'filler'", "str is filler and more"],
    ["%% and %%%s%%", "'text'", "% and %text%"],
    ["%d %d, %s %s", "1, 2, 'A', 'B'", "1 2, A B"],
    ["%b %b %b %b", "5, -5, 64u, true", "101 -101 1000000 1"],
    ["%o %o %o", "11, -11, 65535u", "13 -13 177777"],
    ["%x %X %x %X", "30, 30, -30, 6000u", "1e 1E -1e 1770"],
    ["%x %X", "'Hello', b'\\x00\\xff'", "48656c6c6f 00FF"],
    ["%.3f %f %.0f %.1f", "1.2345, 2.71828, 2.5, 0.05", "1.234 2.718280 2 0.1"],
    ["%.2f %f", "1234567.891, -1e-9", "1,234,567.89 -0.000000"],
    ["%f %f %f", "'NaN', 'Infinity', '-Infinity'", "NaN \u221e -\u221e"],
    [
      "%e %e %e",
      "1052.032911275, 0.00001, 0.0",
      "1.052033\u00d710\u2070\u00b3 1.000000\u00d710\u207b\u2070\u2075 0.000000\u00d710\u2070\u2070",
    ],
    ["%.2e|%.20e", "-9.9999999, 1052.03", "-1.000000\u00d710\u2070\u00b9|       1.052030\u00d710\u2070\u00b3"],
    ["%s %s %s", "2.71, 0.000000002, double('Inf')", "2.71 2e-09 +Inf"],
    ["%s %s %s %s", "null, true, 999999999999, 64u", "null true 999999999999 64"],
    ["%s", "b'xyz'", "xyz"],
    ["%s", "type('x')", "string"],
    ["%s", "timestamp('2023-02-03T23:31:20+00:00')", "2023-02-03T23:31:20Z"],
    ["%s %s", "duration('1h45m47s'), duration('2ns')", "6347s 0.000000002s"],
    [
      "%s",
      "['abc', 3.14, null, [9, 8], timestamp('2023-02-03T23:31:20Z')]",
      '["abc", 3.140000, null, [9, 8], timestamp("2023-02-03T23:31:20Z")]',
    ],
    [
      "%s",
      "{'b': b'xyz', 'e': null, 'a': duration('2h'), 'd': true, 'c': 2.71828}",
      '{"a":duration("7200s"), "b":b"xyz", "c":2.718280, "d":true, "e":null}',
    ],
    ["%s", "{1: 'one', 2u: 'two', true: double('NaN')}", '{1:"one", 2:"two", true:"NaN"}'],
    ["%s", "[double('NaN'), double('-Inf')]", '["NaN", "-Inf"]'],
  ])("%j with %s is %j", (format, args, want) => {
    expect(evaluate(`(${JSON.stringify(format)} + '').format([${args}])`)).toBe(want);
  });

  it.each([
    ["%d %d %d", "0, 1", "index 2 out of range"],
    ["%", "", "index 0 out of range"],
    ["%", "1", "unexpected end of string"],
    ["%a", "1", `${PARSING} unrecognized formatting clause "a"`],
    ["%E", "0.5", `${PARSING} unrecognized formatting clause "E"`],
    ["%\u00e9", "0.5", `${PARSING} unrecognized formatting clause "\u00c3"`],
    ["%.34", "5.0", `${PARSING} error while parsing precision: could not find end of precision specifier`],
    [
      "%.f",
      "5.0",
      `${PARSING} error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing "": invalid syntax`,
    ],
    ["%b", "'abc'", `${FORMATTING} only integers and bools can be formatted as binary, was given string`],
    [
      "%d",
      "duration('30m')",
      `${FORMATTING} decimal clause can only be used on integers, was given google.protobuf.Duration`,
    ],
    ["%o", "null", `${FORMATTING} octal clause can only be used on integers, was given null_type`],
    ["%x", "0.5", `${FORMATTING} only integers, byte buffers, and strings can be formatted as hex, was given double`],
    ["%e", "1", `${FORMATTING} scientific clause can only be used on doubles, was given int`],
    ["%f", "'1.0'", `${FORMATTING} fixed-point clause can only be used on doubles, was given string`],
    [
      "%s",
      "ip('::1')",
      `${FORMATTING} string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given net.IP`,
    ],
    ["%s", "[ip('::1')]", `${FORMATTING} no formatting function for net.IP`],
    ["%s", "b'\\xff'", `${FORMATTING} could not convert argument "\\xff" to string`],
  ])("%j with %s fails: %s", (format, args, want) => {
    expect(evaluate(`(${JSON.stringify(format)} + '').format([${args}])`)).toBe(`error: ${want}`);
  });

  it("puts narrow spaces around the multiplication sign until 1.32", () => {
    expect(evaluate("'%e'.format([1.0])", 32)).toBe("1.000000\u202f\u00d7\u202f10\u2070\u2070");
    expect(evaluate("'%e'.format([1.0])", 33)).toBe("1.000000\u00d710\u2070\u2070");
  });
});
