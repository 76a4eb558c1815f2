import { describe, expect, it } from "@jest/globals";
import {
  ArrayList,
  Bytes,
  compare,
  compareText,
  concatenate,
  doubleText,
  EntryMap,
  equals,
  fromJson,
  NONE,
  Optional,
  plainDoubleText,
  StructValue,
  TypeValue,
  Uint,
  type Value,
} from "#src/cel/values/index.ts";
import { INT, listType, DYN, STRING } from "#src/cel/types/index.ts";

const bytes = (...values: number[]): Bytes => new Bytes(Uint8Array.from(values));

describe("equality", () => {
  it.each<[Value, Value, boolean]>([
    [1n, 1, true],
    [1n, new Uint(1n), true],
    [new Uint(1n), 1.5, false],
    [NaN, NaN, false],
    [9007199254740993n, 9007199254740992, true],
    ["1", 1n, false],
    [null, null, true],
    [null, false, false],
    [bytes(1), bytes(1), true],
    [bytes(1), bytes(1, 2), false],
    [new ArrayList([1n, "a"]), fromJson([1, "a"]), true],
    [new ArrayList([1n]), fromJson([1, 1]), false],
    [concatenate(new ArrayList([1n]), new ArrayList([2n])), fromJson([1, 2]), true],
    [new EntryMap([["a", 1]]), fromJson({ a: 1 }), true],
    [new EntryMap([[new Uint(1n), "x"]]), new EntryMap([[1n, "x"]]), true],
    [new EntryMap([["a", 1]]), fromJson({ b: 1 }), false],
    [NONE, new Optional(undefined), true],
    [NONE, new Optional(null), false],
    [new Optional(1n), new Optional(1), true],
    [new TypeValue(listType(INT)), new TypeValue(listType(DYN)), true],
    [new TypeValue(INT), new TypeValue(STRING), false],
    [new StructValue("Object", new Map([["a", 1n]])), new StructValue("Object", new Map([["a", 1]])), true],
    [new StructValue("Object", new Map([["a", 1n]])), new StructValue("Object.spec", new Map([["a", 1n]])), false],
  ])("%p and %p: %p", (one, other, isEqual) => {
    expect([equals(one, other), equals(other, one)]).toEqual([isEqual, isEqual]);
  });
});

describe("order", () => {
  it.each<[Value, Value, number | undefined]>([
    [1n, 2n, -1],
    [2, 1n, 1],
    [new Uint(2n ** 64n - 1n), 2n ** 63n - 1n, 1],
    [-1n, new Uint(0n), -1],
    [1n, NaN, NaN],
    [false, true, -1],
    ["a", "b", -1],
    [bytes(1, 2), bytes(1), 1],
    ["a", 1n, undefined],
    [null, null, undefined],
  ])("%p and %p: %p", (one, other, order) => {
    const found = compare(one, other);
    expect(found === undefined ? undefined : Math.sign(found)).toBe(order);
  });

  it("of texts is that of their code points", () => {
    expect(["\u{1f600}", "\uffff", "z", ""].toSorted(compareText)).toEqual(["", "z", "\uffff", "\u{1f600}"]);
  });
});

describe("keys of maps", () => {
  const map = new EntryMap([
    [1n, "int"],
    [new Uint(2n), "uint"],
    [true, "bool"],
    ["1", "string"],
    [1n, "again"],
  ]);

  it.each<[Value, Value | undefined]>([
    [1n, "again"],
    [1, "again"],
    [new Uint(1n), "again"],
    [2n, "uint"],
    [2, "uint"],
    [true, "bool"],
    ["1", "string"],
    [1.5, undefined],
    [null, undefined],
  ])("%p finds %p", (key, value) => {
    expect(map.get(key)).toBe(value);
  });

  it("are one if they are equal", () => {
    expect(map.size).toBe(4);
  });
});

describe("doubles as text", () => {
  it.each([
    [1.5, "1.5", "1.5"],
    [100_000, "100000", "100000"],
    [1e6, "1e+06", "1000000"],
    [123_456_789, "1.23456789e+08", "123456789"],
    [1e21, "1e+21", "1000000000000000000000"],
    [0.0001, "0.0001", "0.0001"],
    [0.00001, "1e-05", "0.00001"],
    [-0, "-0", "-0"],
    [Infinity, "+Inf", "+Inf"],
    [NaN, "NaN", "NaN"],
  ])("%p: %s, without an exponent %s", (value, general, plain) => {
    expect([doubleText(value), plainDoubleText(value)]).toEqual([general, plain]);
  });
});
