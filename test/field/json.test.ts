import { describe, expect, it } from "@jest/globals";
import { isObject, NumberText, typeName, valueAt, setOwnProperty } from "#src/field/json.ts";

describe("what counts as an object", () => {
  it.each([
    { value: {}, want: true },
    { value: { a: 1 }, want: true },
    { value: [], want: false },
    { value: null, want: false },
    { value: undefined, want: false },
    { value: "text", want: false },
    { value: 1, want: false },
    { value: new NumberText("80.0"), want: false },
  ])("$value: $want", ({ value, want }) => {
    expect(isObject(value)).toBe(want);
  });
});

describe("the value at the end of some steps", () => {
  const object = { list: [{ name: "a" }, { name: "b" }], 0: "by name", nothing: null };
  it.each([
    { keys: [], want: object },
    { keys: ["list", 1, "name"], want: "b" },
    { keys: ["list", 2, "name"], want: undefined },
    { keys: ["list", "length"], want: undefined },
    { keys: ["nothing"], want: null },
    { keys: ["nothing", "more"], want: undefined },
    { keys: [0], want: "by name" },
    { keys: ["toString"], want: undefined },
    { keys: ["list", 0, "name", 0], want: undefined },
  ])("$keys", ({ keys, want }) => {
    expect(valueAt(object, keys)).toEqual(want);
  });
});

describe("the JSON name of a type", () => {
  it.each([
    { value: null, want: "null" },
    { value: undefined, want: "null" },
    { value: [], want: "list" },
    { value: {}, want: "object" },
    { value: "", want: "string" },
    { value: 0, want: "number" },
    { value: new NumberText("1e99"), want: "number" },
    { value: false, want: "boolean" },
  ])("of $value is $want", ({ value, want }) => {
    expect(typeName(value)).toBe(want);
  });
});

describe("an own property", () => {
  it.each(["name", "__proto__", "constructor", "toString"])(
    "is set under the name %s, and inherits nothing",
    (name) => {
      const object: Record<string, unknown> = {};
      setOwnProperty(object, name, { port: 80 });
      expect(Object.entries(object)).toEqual([[name, { port: 80 }]]);
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    },
  );
});
