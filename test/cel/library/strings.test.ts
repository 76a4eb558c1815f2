import { describe, expect, it } from "@jest/globals";
import { evaluate, evaluateWithCost } from "./evaluate.ts";

describe("the functions of texts", () => {
  it.each([
    ["'tacocat'.charAt(3)", "o"],
    ["'tacocat'.charAt(7)", ""],
    ["'\u00a9\u03b1T'.charAt(1)", "\u03b1"],
    ["'a\u{1f431}b'.charAt(1)", "\u{1f431}"],
    ["'a\u{1f431}b'.charAt(2)", "b"],
    ["'tacocat'.charAt(30)", "error: index out of range: 30"],
    ["'tacocat'.charAt(-1)", "error: index out of range: -1"],
    ["'tacocat'.indexOf('')", 0],
    ["'tacocat'.indexOf('', 3)", 3],
    ["'tacocat'.indexOf('', 30)", 30],
    ["'tacocat'.indexOf('none')", -1],
    ["'tacocat'.indexOf('at', 3)", 5],
    ["'tacocat'.indexOf('a', 30)", -1],
    ["'tacocat'.indexOf('a', -1)", "error: index out of range: -1"],
    ["'ta\u00a9o\u00a9\u03b1T'.indexOf('\u00a9', 3)", 4],
    ["'\u{1f431}\u{1f431}a'.indexOf('a')", 2],
    ["'\u{1f431}\u{1f431}a'.indexOf('\u{1f431}', 1)", 1],
    ["'tacocat'.lastIndexOf('')", 7],
    ["'tacocat'.lastIndexOf('', 3)", 3],
    ["'tacocat'.lastIndexOf('at')", 5],
    ["'tacocat'.lastIndexOf('a', 3)", 1],
    ["'tacocat'.lastIndexOf('a', 30)", -1],
    ["'tacocat'.lastIndexOf('a', -1)", "error: index out of range: -1"],
    ["'bananananana'.lastIndexOf('nana', 7)", 6],
    ["''.lastIndexOf('@@')", -1],
    ["'ta\u00a9o\u00a9\u03b1T'.lastIndexOf('\u00a9\u03b1', 4)", 4],
    ["'\u{1f431}a\u{1f431}'.lastIndexOf('\u{1f431}')", 2],
    ["'TacoC\u00c6t Xii'.lowerAscii()", "tacoc\u00c6t xii"],
    ["'tacoC\u03b1t'.upperAscii()", "TACOC\u03b1T"],
    ["'{0} days {0} hours'.replace('{0}', '2')", "2 days 2 hours"],
    ["'{0} days {0} hours'.replace('{0}', '2', 1)", "2 days {0} hours"],
    ["'hello hello'.replace('', '_')", "_h_e_l_l_o_ _h_e_l_l_o_"],
    ["'hello'.replace('', '_', 2)", "_h_ello"],
    ["'hello'.replace('', '_', 5)", "_h_e_l_l_o"],
    ["'hello'.replace('', '_', 6)", "_h_e_l_l_o_"],
    ["'hello'.replace('l', 'L', 0)", "hello"],
    ["'hello hello'.replace('h', '')", "ello ello"],
    ["''.replace('', 'x')", "x"],
    ["'hello world'.split(' ')", ["hello", "world"]],
    ["'hello world events!'.split(' ', 0)", []],
    ["'hello world events!'.split(' ', 1)", ["hello world events!"]],
    ["'hello world events!'.split(' ', 2)", ["hello", "world events!"]],
    ["'o\u00a9o\u00a9o'.split('\u00a9', -1)", ["o", "o", "o"]],
    ["'a\u{1f431}b'.split('')", ["a", "\u{1f431}", "b"]],
    ["'abc'.split('', 2)", ["a", "bc"]],
    ["''.split('')", []],
    ["''.split(',')", [""]],
    ["'tacocat'.substring(4)", "cat"],
    ["'tacocat'.substring(7)", ""],
    ["'tacocat'.substring(0, 4)", "taco"],
    ["'ta\u00a9o\u00a9\u03b1T'.substring(2, 6)", "\u00a9o\u00a9\u03b1"],
    ["'tacocat'.substring(40)", "error: index out of range: 40"],
    ["'tacocat'.substring(1, 50)", "error: index out of range: 50"],
    ["'tacocat'.substring(49, 50)", "error: index out of range: 49"],
    ["'tacocat'.substring(4, 3)", "error: invalid substring range. start: 4, end: 3"],
    ["' \\f\\n\\r\\t\\vtext  '.trim()", "text"],
    ["'\\u180etext\\ufeff'.trim()", "\u180etext\ufeff"],
    ["['x', 'y'].join('-')", "x-y"],
    ["[].join()", ""],
    ["dyn(['a', 'b']).join()", "ab"],
    ["[dyn('a'), dyn(1)].join()", "error: join: invalid input: 1"],
    ["strings.quote('first\\nsecond \"x\" \\\\')", '"first\\nsecond \\"x\\" \\\\"'],
    ["strings.quote('\u{1f431}')", '"\u{1f431}"'],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});

describe("the cost of the functions of texts", () => {
  it.each([
    ["'abcdef abcdef'.charAt(0)", 1],
    ["'abcdef abcdef'.indexOf('c')", 1],
    ["'abcdef abcdef'.lowerAscii()", 2],
    ["'abcdef abcdef'.replace('a', 'b')", 3],
    ["'abcdef abcdef'.split('a')", 3],
    ["'abcdef abcdef'.substring(2)", 2],
    ["'abcdef abcdef'.trim()", 2],
    ["['aa', 'bb', 'cc', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join(' ')", 5],
    ["'abc 123 def 123'.find('123')", 2],
    ["'abc 123 def 123'.findAll('123')", 2],
  ])("%s costs %d", (expression, want) => {
    expect(evaluateWithCost(expression).cost).toBe(want);
  });
});

describe("patterns", () => {
  it.each([
    ["'abc 123'.find('[0-9]+')", "123"],
    ["'abc 123'.find('xyz')", ""],
    ["'123 abc 456'.findAll('[0-9]+')", ["123", "456"]],
    ["'123 abc 456'.findAll('[0-9]+', 1)", ["123"]],
    ["'123 abc 456'.findAll('[0-9]+', 0)", []],
    ["'123 abc 456'.findAll('xyz')", []],
    ["'12a'.findAll('[0-9]*')", ["12", ""]],
    ["'aaa'.findAll('^a')", ["a"]],
    ["'\u{1f431}a'.findAll('')", ["", "", ""]],
    ["'a'.find('[')", "refused: program instantiation failed: error parsing regexp: missing closing ]: `[`"],
    ["'a'.find('[' + '')", "error: Illegal regex: error parsing regexp: missing closing ]: `[`"],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});
