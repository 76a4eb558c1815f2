import { describe, expect, it } from "@jest/globals";
import { parseBool, parseDouble, parseInteger } from "#src/cel/standard/numerals.ts";
import { clockIn } from "#src/cel/standard/time-zone.ts";
import { CelError, Timestamp } from "#src/cel/values/index.ts";

// What Go's package strconv makes of the texts, which was asked.
describe("numerals", () => {
  it.each([
    ["1", 1n],
    ["+1", 1n],
    ["-1", -1n],
    ["007", 7n],
    ["-0", 0n],
    ["0".repeat(100_000), 0n],
    ["", undefined],
    ["+", undefined],
    ["1_0", undefined],
    [" 1", undefined],
    ["0x1", undefined],
    [`${"0".repeat(100_000)}x`, undefined],
  ])("the integer %.20j is %p", (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each([
    ["+1.5", 1.5],
    ["-1e3", -1000],
    [".5", 0.5],
    ["5.", 5],
    ["1_0", 10],
    ["0x1p4", 16],
    ["0x.8p0", 0.5],
    ["-0x1.8p-1", -0.75],
    ["0x_1p4", 16],
    ["inf", Infinity],
    ["-Infinity", -Infinity],
    ["NaN", NaN],
    ["1e-400", 0],
    ["1e400", undefined],
    ["-nan", undefined],
    ["0x1", undefined],
    ["1__0", undefined],
    ["_1", undefined],
    [".", undefined],
    ["1e", undefined],
    [" 1", undefined],
    ["infinit", undefined],
  ])("the double %j is %p", (text, value) => {
    expect(parseDouble(text)).toBe(value);
  });

  it.each([
    ["T", true],
    ["False", false],
    ["0", false],
    ["tRUE", undefined],
    ["yes", undefined],
  ])("the bool %j is %p", (text, value) => {
    expect(parseBool(text)).toBe(value);
  });
});

describe("the clock in a zone", () => {
  const timestamp = new Timestamp(Date.UTC(2026, 6, 1, 12) / 1000);

  it.each([
    ["", "2026-07-01T12:00:00.000Z"],
    ["UTC", "2026-07-01T12:00:00.000Z"],
    ["Europe/Paris", "2026-07-01T14:00:00.000Z"],
    ["US/Pacific", "2026-07-01T05:00:00.000Z"],
    ["Etc/GMT+5", "2026-07-01T07:00:00.000Z"],
    ["+05:30", "2026-07-01T17:30:00.000Z"],
    ["-00:30", "2026-07-01T11:30:00.000Z"],
    ["2:00", "2026-07-01T14:00:00.000Z"],
  ])("%j", (zone, clock) => {
    const found = clockIn(timestamp, zone);
    expect(found instanceof CelError ? found.message : found.toISOString()).toBe(clock);
  });

  it.each([
    ["Foo/Bar", "unknown time zone Foo/Bar"],
    ["utc", "unknown time zone utc"],
    ["../x", "time: invalid location name"],
    ["x:1", 'strconv.Atoi: parsing "x": invalid syntax'],
    ["1:99999999999999999999", 'strconv.Atoi: parsing "99999999999999999999": value out of range'],
  ])("%j is none", (zone, message) => {
    expect(clockIn(timestamp, zone)).toEqual(new CelError(message));
  });

  it("knows the first years", () => {
    const found = clockIn(new Timestamp(-62_135_596_800), "Europe/Paris");
    expect(found instanceof CelError ? found.message : found.getUTCFullYear()).toBe(1);
  });
});
