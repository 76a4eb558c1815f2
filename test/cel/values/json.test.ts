import { describe, expect, it } from "@jest/globals";
import {
  ArrayList,
  Bytes,
  CelError,
  Duration,
  EntryMap,
  fromJson,
  LazyMap,
  MapValue,
  NONE,
  Optional,
  Timestamp,
  toJson,
  Uint,
} from "#src/cel/values/index.ts";
import { NumberText } from "#src/field/index.ts";

describe("JSON as values", () => {
  it.each([
    [null, null],
    [true, true],
    ["a", "a"],
    [80, 80n],
    [1.5, 1.5],
    [new NumberText("9007199254740993"), 9007199254740993n],
    [new NumberText("9223372036854775808"), 9223372036854775808],
    [new NumberText("80.0"), 80],
    [new NumberText("8e1"), 80],
  ])("%j is %p", (json, value) => {
    expect(fromJson(json)).toBe(value);
  });

  it("finds own members only, by any name", () => {
    const json: unknown = JSON.parse('{"__proto__": 1, "a": null}');
    const map = fromJson(json);
    if (!(map instanceof MapValue)) throw new Error("no map");
    expect(map.get("__proto__")).toBe(1n);
    expect(map.get("a")).toBeNull();
    expect(map.get("toString")).toBeUndefined();
    expect(map.get(1n)).toBeUndefined();
    expect([...map.keys()]).toEqual(["__proto__", "a"]);
    expect(map.size).toBe(2);
  });

  it("leaves out what is undefined", () => {
    const map = fromJson({ a: undefined, b: 1 });
    if (!(map instanceof MapValue)) throw new Error("no map");
    expect([map.size, map.get("a")]).toEqual([1, undefined]);
  });
});

describe("values as JSON", () => {
  it.each([
    [{ a: [1, "b", null, true, 1.5] }, fromJson({ a: [1, "b", null, true, 1.5] })],
    [[1, 2], new ArrayList([1n, new Uint(2n)])],
    [{ a: 1 }, new EntryMap([["a", 1n]])],
    [1, new Optional(1n)],
    ["YWI=", new Bytes(Uint8Array.of(97, 98))],
    ["90s", new Duration(90_000_000_000n)],
    ["1970-01-01T00:00:00Z", new Timestamp(0)],
    [new NumberText("2.0"), 2],
    [new NumberText("9223372036854775807"), 9223372036854775807n],
  ])("%j", (json, value) => {
    expect(toJson(value)).toEqual({ json });
  });

  it.each([
    [NONE, "type optional_type has no form in JSON"],
    [NaN, "NaN has no form in JSON"],
    [new EntryMap([[1n, "a"]]), "the keys of an object must be strings"],
    [new LazyMap(new Map([["a", () => new CelError("failed")]])), "failed"],
  ])("has none for %p", (value, message) => {
    expect(toJson(value)).toEqual(new CelError(message));
  });
});

describe("a map whose values are found out when they are asked for", () => {
  it("finds out each once", () => {
    let asked = 0;
    const map = new LazyMap(new Map([["a", () => ++asked > 0]]));
    expect([map.size, map.get("a"), map.get("a"), map.get("b"), asked]).toEqual([1, true, true, undefined, 1]);
  });
});
