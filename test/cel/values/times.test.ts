import { describe, expect, it } from "@jest/globals";
import { parseDuration, parseTimestamp, timestampText, valueText } from "#src/cel/values/index.ts";

describe("durations", () => {
  // What Go's time.ParseDuration makes of them, which was asked.
  it.each([
    ["1h", 3_600_000_000_000n],
    ["1.5h", 5_400_000_000_000n],
    ["-1.5h", -5_400_000_000_000n],
    ["+1s", 1_000_000_000n],
    ["0", 0n],
    ["-0", 0n],
    [".5s", 500_000_000n],
    ["1.s", 1_000_000_000n],
    ["9223372036854775807ns", 9223372036854775807n],
    ["-9223372036854775808ns", -9223372036854775808n],
    ["1h1m1s1ms1us1\u00b5s1\u03bcs1ns", 3_661_001_003_001n],
    ["0.9223372036854775808s", 922_337_203n],
    ["0.000000001ns", 0n],
    ["9223372036.854775807s", 9223372036854775807n],
    ["", undefined],
    ["1", undefined],
    ["1x", undefined],
    [".s", undefined],
    ["1d", undefined],
    ["1e3s", undefined],
    ["9223372036854775808ns", undefined],
    ["3000000h", undefined],
  ])("%j", (text, nanoseconds) => {
    expect(parseDuration(text)?.nanoseconds).toBe(nanoseconds);
  });

  it.each([
    ["0", "0s"],
    ["1ns", "1ns"],
    ["1.5us", "1.5\u00b5s"],
    ["2ms", "2ms"],
    ["-90s", "-1m30s"],
    ["1h30m", "1h30m0s"],
  ])("%j is written %s in messages", (text, written) => {
    expect(valueText(parseDuration(text) ?? null)).toBe(written);
  });
});

describe("timestamps", () => {
  // What Go's time.Parse makes of them, which was asked; of zones beyond a day what Go 1.25 makes.
  it.each([
    ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"],
    ["2026-01-02T3:04:05Z", "2026-01-02T03:04:05Z"],
    ["2026-01-02T03:04:05,5Z", "2026-01-02T03:04:05.5Z"],
    ["2026-01-02T03:04:05.1234567891234Z", "2026-01-02T03:04:05.123456789Z"],
    ["2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05+24:00"],
    ["2026-01-02T03:04:05+00:60", "2026-01-02T03:04:05+01:00"],
    ["2026-01-02T03:04:05-00:00", "2026-01-02T03:04:05Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["2026-1-02T03:04:05Z", undefined],
    ["2026-01-02T03:04:05+25:00", undefined],
    ["2026-01-02t03:04:05z", undefined],
    ["2026-01-02 03:04:05Z", undefined],
    ["2026-01-02T24:04:05Z", undefined],
    ["2026-01-02T03:04:60Z", undefined],
    ["2026-02-30T03:04:05Z", undefined],
    ["2026-01-02T03:04:05.Z", undefined],
    ["2026-01-02T03:04:05+0100", undefined],
    ["+026-01-02T03:04:05Z", undefined],
  ])("%j", (text, written) => {
    const timestamp = parseTimestamp(text);
    expect(timestamp === undefined ? undefined : timestampText(timestamp)).toBe(written);
  });

  it("are equal in any zone, and written otherwise in messages", () => {
    const timestamp = parseTimestamp("2026-01-02T05:04:05.5+02:00");
    expect(timestamp?.equals(parseTimestamp("2026-01-02T03:04:05.5Z") ?? null)).toBe(true);
    expect(valueText(timestamp ?? null)).toBe("2026-01-02 05:04:05.5 +0200 +0200");
  });
});
