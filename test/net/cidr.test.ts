import { describe, expect, it } from "@jest/globals";
import {
  addressAfter,
  type CIDR,
  cidrFamily,
  contains,
  firstAddress,
  formatCIDR,
  hasHostBits,
  lastAddress,
  parseCIDR,
  sameAddress,
  writtenBits,
} from "#src/net/cidr.ts";
import { formatIP, type IP, parseIP } from "#src/net/ip.ts";

function cidr(text: string): CIDR {
  const parsed = parseCIDR(text);
  if (parsed === undefined) throw new Error(`${text} is no range`);
  return parsed;
}

function ip(text: string): IP {
  const parsed = parseIP(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

describe("ranges", () => {
  it.each([
    {
      text: "10.9.8.0/24",
      first: "10.9.8.0",
      last: "10.9.8.255",
      canonical: "10.9.8.0/24",
      padded: false,
      hostBits: false,
    },
    {
      text: "10.9.8.7/32",
      first: "10.9.8.7",
      last: "10.9.8.7",
      canonical: "10.9.8.7/32",
      padded: false,
      hostBits: false,
    },
    {
      text: "0.0.0.0/0",
      first: "0.0.0.0",
      last: "255.255.255.255",
      canonical: "0.0.0.0/0",
      padded: false,
      hostBits: false,
    },
    {
      text: "10.9.8.7/20",
      first: "10.9.0.0",
      last: "10.9.15.255",
      canonical: "10.9.8.7/20",
      padded: false,
      hostBits: true,
    },
    {
      text: "10.9.8.7/31",
      first: "10.9.8.6",
      last: "10.9.8.7",
      canonical: "10.9.8.7/31",
      padded: false,
      hostBits: true,
    },
    {
      text: "010.9.8.0/24",
      first: "10.9.8.0",
      last: "10.9.8.255",
      canonical: "10.9.8.0/24",
      padded: true,
      hostBits: false,
    },
    {
      text: "10.9.8.0/024",
      first: "10.9.8.0",
      last: "10.9.8.255",
      canonical: "10.9.8.0/24",
      padded: true,
      hostBits: false,
    },
    {
      text: "2001:db8::/64",
      first: "2001:db8::",
      last: "2001:db8::ffff:ffff:ffff:ffff",
      canonical: "2001:db8::/64",
      padded: false,
      hostBits: false,
    },
    {
      text: "2001:DB8::1/120",
      first: "2001:db8::",
      last: "2001:db8::ff",
      canonical: "2001:db8::1/120",
      padded: false,
      hostBits: true,
    },
    {
      text: "2001:db8::1/128",
      first: "2001:db8::1",
      last: "2001:db8::1",
      canonical: "2001:db8::1/128",
      padded: false,
      hostBits: false,
    },
    {
      text: "::/0",
      first: "::",
      last: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      canonical: "::/0",
      padded: false,
      hostBits: false,
    },
    {
      text: "::ffff:10.9.8.0/120",
      first: "10.9.8.0",
      last: "10.9.8.255",
      canonical: "10.9.8.0/24",
      padded: false,
      hostBits: false,
    },
    {
      text: "::ffff:10.9.8.7/120",
      first: "10.9.8.0",
      last: "10.9.8.255",
      canonical: "10.9.8.7/24",
      padded: false,
      hostBits: true,
    },
    {
      text: "::ffff:0.0.0.0/96",
      first: "0.0.0.0",
      last: "255.255.255.255",
      canonical: "0.0.0.0/0",
      padded: false,
      hostBits: false,
    },
    {
      text: "::ffff:0.0.0.0/95",
      first: "0.0.0.0",
      last: "255.255.255.255",
      canonical: "0.0.0.0/0",
      padded: false,
      hostBits: true,
    },
  ])("$text", ({ text, first, last, canonical, padded, hostBits }) => {
    const range = cidr(text);
    expect(formatIP(firstAddress(range))).toBe(first);
    expect(formatIP(lastAddress(range))).toBe(last);
    expect(formatCIDR(range)).toBe(canonical);
    expect(range.padded).toBe(padded);
    expect(hasHostBits(range)).toBe(hostBits);
  });

  it.each([
    "",
    "/",
    "10.9.8.0",
    "10.9.8.0/",
    "/24",
    "10.9.8.0/33",
    "10.9.8.0/-1",
    "10.9.8.0/+8",
    "10.9.8.0/24/8",
    "10.9.8.0/8 ",
    " 10.9.8.0/8",
    "10.9.8.0 /8",
    "10.9.8/24",
    "10.9.8.0/a",
    "10.9.8.0/2a",
    "10.9.8.0/a2",
    "2001:db8::/129",
    "::ffff:10.9.8.0/129",
    "10.9.8.0/255.255.255.0",
    "web/24",
  ])("%j is none", (text) => {
    expect(parseCIDR(text)).toBeUndefined();
  });

  it.each([
    { text: "10.9.8.0/24", family: "IPv4", bits: 32 },
    { text: "2001:db8::/64", family: "IPv6", bits: 128 },
    { text: "::ffff:10.9.8.0/120", family: "IPv4", bits: 128 },
  ])("$text is $family, written in $bits bits", ({ text, family, bits }) => {
    expect(cidrFamily(cidr(text))).toBe(family);
    expect(writtenBits(cidr(text).ip)).toBe(bits);
  });
});

describe("which addresses a range holds", () => {
  it.each([
    { range: "10.9.8.0/24", address: "10.9.8.0", want: true },
    { range: "10.9.8.0/24", address: "10.9.8.255", want: true },
    { range: "10.9.8.0/24", address: "10.9.9.0", want: false },
    { range: "10.9.8.7/24", address: "10.9.8.200", want: true },
    { range: "10.9.0.0/20", address: "10.9.15.1", want: true },
    { range: "10.9.0.0/20", address: "10.9.16.1", want: false },
    { range: "0.0.0.0/0", address: "203.0.113.9", want: true },
    { range: "0.0.0.0/0", address: "2001:db8::1", want: false },
    { range: "::/0", address: "10.9.8.7", want: false },
    { range: "2001:db8::/120", address: "2001:db8::fe", want: true },
    { range: "2001:db8::/120", address: "2001:db8::1fe", want: false },
    { range: "10.9.8.0/24", address: "::ffff:10.9.8.7", want: true },
  ])("$range holds $address: $want", ({ range, address, want }) => {
    expect(contains(cidr(range), ip(address))).toBe(want);
  });
});

describe("addresses beside one another", () => {
  it.each([
    { from: "10.96.0.0", steps: 1, want: "10.96.0.1" },
    { from: "10.96.0.7", steps: 0, want: "10.96.0.7" },
    { from: "10.96.0.255", steps: 1, want: "10.96.1.0" },
    { from: "10.96.0.255", steps: 300, want: "10.96.2.43" },
    { from: "10.96.255.255", steps: 1, want: "10.97.0.0" },
    { from: "255.255.255.255", steps: 1, want: "0.0.0.0" },
    { from: "fd00:10:96::", steps: 1, want: "fd00:10:96::1" },
    { from: "fd00::ffff:ffff", steps: 1, want: "fd00::1:0:0" },
  ])("$steps behind $from comes $want", ({ from, steps, want }) => {
    expect(formatIP(addressAfter(ip(from), steps))).toBe(want);
  });

  it.each([
    { a: "10.9.8.7", b: "10.9.8.7", want: true },
    { a: "10.9.8.7", b: "::ffff:10.9.8.7", want: true },
    { a: "10.9.8.7", b: "10.9.8.8", want: false },
    { a: "10.9.8.7", b: "9.9.8.7", want: false },
    { a: "2001:db8::1", b: "2001:DB8:0::1", want: true },
    { a: "0.0.0.0", b: "::", want: false },
    { a: "::", b: "0.0.0.0", want: false },
  ])("$a and $b are the same: $want", ({ a, b, want }) => {
    expect(sameAddress(ip(a), ip(b))).toBe(want);
  });
});
