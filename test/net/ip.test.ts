import { describe, expect, it } from "@jest/globals";
import { familyOf, formatIP, parseIP, specialUse } from "#src/net/ip.ts";

const PLAIN = { mapped: false, padded: false };

describe("addresses that every reader takes", () => {
  it.each([
    { text: "0.0.0.0", family: "IPv4", canonical: "0.0.0.0" },
    { text: "255.255.255.255", family: "IPv4", canonical: "255.255.255.255" },
    { text: "10.9.8.7", family: "IPv4", canonical: "10.9.8.7" },
    { text: "::", family: "IPv6", canonical: "::" },
    { text: "::1", family: "IPv6", canonical: "::1" },
    { text: "1::", family: "IPv6", canonical: "1::" },
    { text: "2001:DB8::AbCd", family: "IPv6", canonical: "2001:db8::abcd" },
    { text: "2001:0db8:0000:0000:0000:0000:0000:0001", family: "IPv6", canonical: "2001:db8::1" },
    { text: "1:0:0:2:0:0:0:3", family: "IPv6", canonical: "1:0:0:2::3" },
    { text: "1:0:0:2:0:0:3:4", family: "IPv6", canonical: "1::2:0:0:3:4" },
    { text: "1:0:2:3:4:5:6:7", family: "IPv6", canonical: "1:0:2:3:4:5:6:7" },
    { text: "1:2:3:4:5:6:0:0", family: "IPv6", canonical: "1:2:3:4:5:6::" },
    { text: "::2:3:4:5:6:7:8", family: "IPv6", canonical: "0:2:3:4:5:6:7:8" },
    { text: "1:2:3:4:5:6:7::", family: "IPv6", canonical: "1:2:3:4:5:6:7:0" },
    { text: "64:ff9b::10.9.8.7", family: "IPv6", canonical: "64:ff9b::a09:807" },
    { text: "1:2:3:4:5:6:10.9.8.7", family: "IPv6", canonical: "1:2:3:4:5:6:a09:807" },
    { text: "::ffff:0:10.9.8.7", family: "IPv6", canonical: "::ffff:0:a09:807" },
    { text: "::1:ffff:10.9.8.7", family: "IPv6", canonical: "::1:ffff:a09:807" },
    { text: "::ff00:10.9.8.7", family: "IPv6", canonical: "::ff00:a09:807" },
    { text: "::ff:10.9.8.7", family: "IPv6", canonical: "::ff:a09:807" },
  ])("$text is $canonical", ({ text, family, canonical }) => {
    const ip = parseIP(text);
    expect(ip).toMatchObject(PLAIN);
    expect(ip && familyOf(ip)).toBe(family);
    expect(ip && formatIP(ip)).toBe(canonical);
  });
});

describe("addresses that older versions take", () => {
  it.each([
    { name: "leading zeros are decimal", text: "010.001.002.003", canonical: "10.1.2.3", mapped: false, padded: true },
    { name: "one padded zero", text: "10.00.0.1", canonical: "10.0.0.1", mapped: false, padded: true },
    {
      name: "a group of more than four digits",
      text: "2001:00db8::1",
      canonical: "2001:db8::1",
      mapped: false,
      padded: true,
    },
    {
      name: "a padded group behind the gap",
      text: "2001:db8::00001",
      canonical: "2001:db8::1",
      mapped: false,
      padded: true,
    },
    { name: "IPv4-mapped counts as IPv4", text: "::ffff:10.9.8.7", canonical: "10.9.8.7", mapped: true, padded: false },
    { name: "IPv4-mapped in digits", text: "::FFFF:a09:807", canonical: "10.9.8.7", mapped: true, padded: false },
    {
      name: "IPv4-mapped in full",
      text: "0:0:0:0:0:ffff:10.9.8.7",
      canonical: "10.9.8.7",
      mapped: true,
      padded: false,
    },
    { name: "mapped and padded", text: "::ffff:010.9.8.7", canonical: "10.9.8.7", mapped: true, padded: true },
    {
      name: "padded within IPv6 that is not mapped",
      text: "64:ff9b::010.9.8.7",
      canonical: "64:ff9b::a09:807",
      mapped: false,
      padded: true,
    },
  ])("$name: $text", ({ text, canonical, mapped, padded }) => {
    const ip = parseIP(text);
    expect(ip).toMatchObject({ mapped, padded });
    expect(ip && formatIP(ip)).toBe(canonical);
  });

  it("counts an IPv4-mapped address to IPv4", () => {
    const ip = parseIP("::ffff:10.9.8.7");
    expect(ip && familyOf(ip)).toBe("IPv4");
  });
});

describe("texts that are no addresses", () => {
  it.each([
    "",
    " ",
    "10",
    "web",
    "None",
    "10.9.8",
    "10.9.8.7.6",
    "10.9.8.256",
    "10.9.8.",
    ".9.8.7",
    "10..8.7",
    "10.9.8.-7",
    "10.9.8.7 ",
    " 10.9.8.7",
    "10.9.8.7:80",
    "10.9.8.7/32",
    "10.9.8.0x7",
    "1e1.9.8.7",
    "10.9.8.7a",
    "a10.9.8.7",
    ":",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1:2:3:4:5:6:7:8",
    "1::2::3",
    "1:2:3:4::5:6:7:8",
    "fe80::1%eth0",
    "2001:db8::g",
    "g2001:db8::1",
    "2001:db8::10000",
    "[2001:db8::1]",
    "2001:db8::1/64",
    "2001:db8:::1",
    ":1::2",
    "1::2:",
    "10.9.8.7::",
    "::10.9.8.7:1",
    "::10.9.8",
    "::10.9.8.256",
    "1:2:3:4:5:6:7:10.9.8.7",
    "::1.2.3.4.5",
    "1:10.9.8.7::",
  ])("%j", (text) => {
    expect(parseIP(text)).toBeUndefined();
  });
});

describe("what an address is reserved for", () => {
  it.each([
    { text: "0.0.0.0", want: "unspecified" },
    { text: "::", want: "unspecified" },
    { text: "::ffff:0.0.0.0", want: "unspecified" },
    { text: "127.0.0.1", want: "loopback" },
    { text: "127.255.0.9", want: "loopback" },
    { text: "::ffff:127.0.0.1", want: "loopback" },
    { text: "::1", want: "loopback" },
    { text: "169.254.0.1", want: "link-local" },
    { text: "fe80::1", want: "link-local" },
    { text: "febf::1", want: "link-local" },
    { text: "224.0.0.9", want: "link-local multicast" },
    { text: "ff02::1", want: "link-local multicast" },
    { text: "ff12::1", want: "link-local multicast" },
    { text: "0.0.0.1", want: undefined },
    { text: "0.1.0.0", want: undefined },
    { text: "128.0.0.1", want: undefined },
    { text: "169.253.0.1", want: undefined },
    { text: "170.254.0.1", want: undefined },
    { text: "224.0.1.0", want: undefined },
    { text: "224.1.0.0", want: undefined },
    { text: "225.0.0.1", want: undefined },
    { text: "10.0.0.1", want: undefined },
    { text: "::2", want: undefined },
    { text: "1::1", want: undefined },
    { text: "fec0::1", want: undefined },
    { text: "fd80::1", want: undefined },
    { text: "ff05::1", want: undefined },
    { text: "fe02::1", want: undefined },
    { text: "2001:db8::1", want: undefined },
    { text: "7f00::1", want: undefined },
    { text: "a9fe::1", want: undefined },
    { text: "e000::1", want: undefined },
  ])("$text: $want", ({ text, want }) => {
    const ip = parseIP(text);
    expect(ip).toBeDefined();
    expect(ip && specialUse(ip)).toBe(want);
  });
});
