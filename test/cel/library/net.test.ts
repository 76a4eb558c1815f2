import { describe, expect, it } from "@jest/globals";
import { evaluate, evaluateWithCost } from "./evaluate.ts";

const PREFIX = "network address parse error during conversion from string: ";

describe("addresses", () => {
  it.each([
    ["string(ip('192.168.0.1'))", "192.168.0.1"],
    ["string(ip('2001:DB8:0:0::68'))", "2001:db8::68"],
    ["type(ip('::1')) == net.IP", true],
    ["type(cidr('::1/128')) == net.CIDR", true],
    ["ip('::1') == ip('0:0::1')", true],
    ["ip('::1') == ip('1.2.3.4')", false],
    ["ip('::1') != ip('1.2.3.4')", true],
    ["ip('::1') in [ip('::1')]", true],
    ["dyn(ip('::1')) == dyn('::1')", "error: no such overload"],
    ["dyn(ip('::1')) == null", false],
    ["isIP('192.168.0.1.0')", false],
    ["isIP('::')", true],
    ["isIP('fe80::1%eth0')", false],
    ["isIP('::ffff:1.2.3.4')", false],
    ["isIP('10.0.0.01')", false],
    ["ip.isCanonical('2001:db8::abcd')", true],
    ["ip.isCanonical('2001:DB8::68')", false],
    ["ip('192.168.0.1').family()", 4],
    ["ip('2001:db8::68').family()", 6],
    ["ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified()", true],
    ["ip('127.0.0.1').isLoopback() && ip('::1').isLoopback()", true],
    ["ip('224.0.0.1').isLinkLocalMulticast() && ip('ff02::1').isLinkLocalMulticast()", true],
    ["ip('224.0.1.1').isLinkLocalMulticast() || ip('fd00::1').isLinkLocalMulticast()", false],
    ["ip('169.254.169.254').isLinkLocalUnicast() && ip('fe80::1').isLinkLocalUnicast()", true],
    ["ip('fd80::1').isLinkLocalUnicast()", false],
    ["ip('192.168.0.1').isGlobalUnicast() && ip('2001:db8::abcd').isGlobalUnicast()", true],
    ["ip('255.255.255.255').isGlobalUnicast() || ip('ff00::1').isGlobalUnicast()", false],
    ["ip('239.1.1.1').isGlobalUnicast() || ip('127.0.0.1').isGlobalUnicast()", false],
    ["cidr('192.168.0.0/24').containsIP('192.168.0.1')", true],
    ["cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))", false],
    ["cidr('::/0').containsIP('1.2.3.4')", false],
    ["cidr('192.168.0.0/24').containsIP('x')", "error: no such overload"],
    ["cidr('192.168.0.0/24').containsCIDR('192.168.0.0/25')", true],
    ["cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/23'))", false],
    ["cidr('192.168.0.0/24').containsCIDR('x')", `error: ${PREFIX}${PREFIX}netip.ParsePrefix("x"): no '/'`],
    ["string(cidr('2001:db8::1/32').masked())", "2001:db8::/32"],
    ["cidr('192.168.0.1/24') == cidr('192.168.0.1/24').masked()", false],
    ["cidr('192.168.0.1/24').ip() == ip('192.168.0.1')", true],
    ["cidr('::1/128').prefixLength()", 128],
    ["isCIDR('192.168.0.1/16')", true],
    ["isCIDR('192.168.0.0/33')", false],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toBe(want);
  });

  it.each([
    [
      "ip('192.168.0.1.0')",
      `IP Address "192.168.0.1.0" parse error during conversion from string: ParseAddr("192.168.0.1.0"): IPv4 address too long`,
    ],
    ["ip('fe80::1%eth0')", `IP address "fe80::1%eth0" with zone value is not allowed`],
    ["ip('::ffff:1.2.3.4')", `IPv4-mapped IPv6 address "::ffff:1.2.3.4" is not allowed`],
    ["cidr('::ffff:1.2.3.4/96')", `${PREFIX}IPv4-mapped IPv6 address "::ffff:1.2.3.4/96" is not allowed`],
    ["cidr('1.2.3.4/33')", `${PREFIX}${PREFIX}netip.ParsePrefix("1.2.3.4/33"): prefix length out of range`],
  ])("%s fails: %s", (expression, want) => {
    expect(evaluate(expression)).toBe(`error: ${want}`);
  });

  it.each([
    ["ip('192.168.0.1')", 2],
    ["ip('192.168.0.1') == ip('192.168.0.1')", 5],
    ["ip('2001:db8:3333:4444:5555:6666:7777:8888').family()", 5],
    ["ip.isCanonical('2001:db8:3333:4444:5555:6666:7777:8888')", 8],
    ["cidr('192.168.0.0/16').ip()", 3],
    ["cidr('192.168.0.0/16').containsCIDR(cidr('192.0.0.0/30'))", 7],
    ["cidr('192.168.0.0/16').containsCIDR('192.168.0.0/16')", 7],
    ["cidr('192.168.0.0/16').containsIP(ip('192.0.0.1'))", 4],
    ["cidr('192.168.0.0/16').containsIP('192.169.0.1')", 5],
    ["cidr('2001:db8::/32').containsIP(ip('2001:db8:3333:4444:5555:6666:7777:8888'))", 7],
  ])("%s costs %d", (expression, want) => {
    expect(evaluateWithCost(expression).cost).toBe(want);
  });
});

describe("URLs", () => {
  const ERROR = "error: URL parse error during conversion from string: parse";
  it.each([
    ["url('https://user:pass@example.com:80/path?query=val#fragment').getHost()", "example.com:80"],
    ["url('/path').getScheme()", ""],
    ["url('HTTPS://example.com/').getScheme()", "https"],
    ["url('https://[::1]:80/').getHost()", "[::1]:80"],
    ["url('https://[::1]:80/').getHostname()", "::1"],
    ["url('https://example.com:80/').getPort()", "80"],
    ["url('https://example.com/').getPort()", ""],
    ["url('https://example.com/path with spaces/').getEscapedPath()", "/path%20with%20spaces/"],
    ["url('https://example.com/a%2fb/').getEscapedPath()", "/a%2fb/"],
    ["url('https://example.com/a%2fb/\u00e9').getEscapedPath()", "/a/b/%C3%A9"],
    ["url('https://example.com').getEscapedPath()", ""],
    ["url('https://example.com/path?k1=a&k2=b&k2=c').getQuery()", { k1: ["a"], k2: ["b", "c"] }],
    [
      "url('https://example.com/?key with spaces=value+with%20spaces').getQuery()",
      { "key with spaces": ["value with spaces"] },
    ],
    ["url('https://example.com/?a;b&c=%zz&d').getQuery()", { d: [""] }],
    ["url('https://example.com/path?').getQuery()", {}],
    ["url('HTTPS://a.b/%41') == url('https://a.b/%41')", true],
    ["url('https://a.b/%41') == url('https://a.b/A')", false],
    ["url('https://a.b/#x') == url('https://a.b/')", false],
    ["isURL('/absolute-path')", true],
    ["isURL('https://a:b:c/')", false],
    ["isURL('../relative-path')", false],
    ["isURL('mailto:a@b')", true],
    ["url('https://a:b:c/')", `${ERROR} "https://a:b:c/": invalid port ":b:c" after host`],
    ["url('../relative-path')", `${ERROR} "../relative-path": invalid URI for request`],
    ["url('')", `${ERROR} "": empty url`],
    ["url(':x')", `${ERROR} ":x": missing protocol scheme`],
    ["url('http://a b/')", `${ERROR} "http://a b/": invalid character " " in host name`],
    ["url('http://a%20b/')", `${ERROR} "http://a%20b/": invalid URL escape "%20"`],
    ["url('http://a/%zz')", `${ERROR} "http://a/%zz": invalid URL escape "%zz"`],
    ["url('http://[::1/')", `${ERROR} "http://[::1/": missing ']' in host`],
    ["url('http://[1.2.3.4]/')", `${ERROR} "http://[1.2.3.4]/": invalid IP-literal`],
    ["url('http://[x]/')", `${ERROR} "http://[x]/": invalid host: ParseAddr("x"): unable to parse IP`],
    ["url('http://a\\nb/')", `${ERROR} "http://a\\nb/": net/url: invalid control character in URL`],
    ["url('http://a\u00e9@b/')", `${ERROR} "http://a\u00e9@b/": net/url: invalid userinfo`],
  ])("%s is %j", (expression, want) => {
    expect(evaluate(expression)).toEqual(want);
  });
});
