import { describe, expect, it } from "@jest/globals";
import { Failure, fromBytes, parseAddress, parsePrefix, parseUrl, toBytes, urlText } from "#src/cel/go/index.ts";

function message(result: unknown): string {
  return result instanceof Failure ? result.message : "none";
}

describe("addresses", () => {
  it.each([
    ["x", "unable to parse IP"],
    ["%eth0", "missing IPv6 address"],
    ["1.2.3", "IPv4 address too short"],
    ["1.2.3.4.5", "IPv4 address too long"],
    ["1.2.3.256", "IPv4 field has value >255"],
    ["1.02.3.4", "IPv4 field has octet with leading zero"],
    ["1..3.4", 'IPv4 field must have at least one digit (at ".3.4")'],
    ["1.2.3.", 'IPv4 field must have at least one digit (at ".")'],
    ["1.2.3.a", 'unexpected character (at "a")'],
    ["::1%", "zone must be a non-empty string"],
    [":::1", 'each colon-separated field must have at least one digit (at ":1")'],
    ["12345::", 'each group must have 4 or less digits (at "12345::")'],
    ["1:2", "address string too short"],
    ["1:", 'colon must be followed by more characters (at ":")'],
    ["1:2:3:4:5:6:7:8:9", 'trailing garbage after address (at "9")'],
    ["1::2::3", 'multiple :: in address (at ":3")'],
    ["1:2:3:4:5:6:7:8::", "the :: must expand to at least one field of zeros"],
    ["1::2:3:4:5:6:7:8", "the :: must expand to at least one field of zeros"],
    ["1:g", 'each colon-separated field must have at least one digit (at "g")'],
    ["1g:", 'unexpected character, want colon (at "g:")'],
    ["1:1.2.3.4", 'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")'],
    ["::1:2:3:4:5:6:7:1.2.3.4", 'too many hex fields to fit an embedded IPv4 at the end of the address (at "1.2.3.4")'],
    ["::1.2.3.400", "IPv4 field has value >255"],
  ])("%s: %s", (text, want) => {
    expect(message(parseAddress(text))).toBe(`ParseAddr(${JSON.stringify(text)}): ${want}`);
  });

  it.each(["::", "1::", "::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::1.2.3.4", "::ffff:1.2.3.4", "fe80::1%eth0"])(
    "%s is one",
    (text) => {
      expect(parseAddress(text)).toMatchObject({ bytes: { length: 16 } });
    },
  );

  it.each([
    ["1.2.3.4", "no '/'"],
    ["1.2.3.4/", 'bad bits after slash: ""'],
    ["1.2.3.4/+1", 'bad bits after slash: "+1"'],
    ["1.2.3.4/08", 'bad bits after slash: "08"'],
    ["1.2.3.4/99999999999999999999", 'bad bits after slash: "99999999999999999999"'],
    ["1.2.3.4/33", "prefix length out of range"],
    ["::/129", "prefix length out of range"],
    ["fe80::%a/1", "IPv6 zones cannot be present in a prefix"],
    ["x/1", 'ParseAddr("x"): unable to parse IP'],
  ])("range %s: %s", (text, want) => {
    expect(message(parsePrefix(text))).toBe(`netip.ParsePrefix(${JSON.stringify(text)}): ${want}`);
  });
});

describe("URLs", () => {
  it.each([
    "http://user:pa%20ss@a.b:80/p%2fq?x=1&y#frag",
    "mailto:a@b",
    "file:/a",
    "file:///a",
    "//a/b",
    "/a?",
    "*",
    "https://[fe80::1%25eth0]:8080/",
  ])("%s is put together again", (text) => {
    const url = parseUrl(text);
    expect(url instanceof Failure ? url.message : urlText(url)).toBe(text);
  });

  it.each([
    ["HTTP://A/b c", "http://A/b%20c"],
    ["a:b/c", "a:b/c"],
    ["%61:b", 'parse "%61:b": first path segment in URL cannot contain colon'],
    ["http://a/#%zz", 'parse "http://a/#%zz": invalid URL escape "%zz"'],
    ["http://a/%4", 'parse "http://a/%4": invalid URL escape "%4"'],
    ["http://a[::1]/", 'parse "http://a[::1]/": invalid IP-literal'],
    ["postgres://a:1,b:2/", "postgres://a:1,b:2/"],
    ["http://[::1]x/", 'parse "http://[::1]x/": invalid port "x" after host'],
    ["http://[::1%25%41]/", "http://[::1%25A]/"],
  ])("%s becomes %s", (text, want) => {
    const url = parseUrl(text);
    expect(url instanceof Failure ? url.message : urlText(url)).toBe(want);
  });
});

describe("texts as bytes", () => {
  it.each([
    ["abc", "abc"],
    ["\u00e9", "\u00c3\u00a9"],
    ["\u{1f431}", "\u00f0\u009f\u0090\u00b1"],
    ["\udcff\u00e9", "\u00ff\u00c3\u00a9"],
  ])("%j is %j", (text, bytes) => {
    expect(toBytes(text)).toBe(bytes);
    expect(fromBytes(bytes)).toBe(text);
  });

  it.each([
    ["\u00c0\u0080", "\udcc0\udc80"],
    ["\u00e0\u0080\u0080", "\udce0\udc80\udc80"],
    ["\u00ed\u00a0\u0080", "\udced\udca0\udc80"],
    ["\u00f4\u0090\u0080\u0080", "\udcf4\udc90\udc80\udc80"],
    ["\u00e2\u0082", "\udce2\udc82"],
  ])("%j is no UTF-8", (bytes, text) => {
    expect(fromBytes(bytes)).toBe(text);
  });
});
