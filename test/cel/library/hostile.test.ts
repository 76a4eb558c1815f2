import { describe, expect, it } from "@jest/globals";
import { LIBRARIES } from "#src/cel/library/index.ts";
import { parseIPValue, parseQuantity, parseSemver, parseUrlValue, FORMATS } from "#src/cel/kubernetes/index.ts";
import type { List } from "#src/cel/values/index.ts";
import { ArrayList, CelError, type Result, type Value } from "#src/cel/values/index.ts";

const LONG = 1_000_000;

function call(name: string, id: string, ...args: readonly Value[]): Result {
  for (const { functions } of LIBRARIES)
    for (const declaration of functions)
      for (const overload of declaration.overloads)
        if (declaration.name === name && overload.id === id) return overload.call(...args);
  throw new Error(`no ${name}`);
}

function lists(count: number, element: Value): List {
  return new ArrayList(new Array<Value>(count).fill(element));
}

/** What goes wrong here goes wrong by never coming to an end. */
describe("texts of a million characters", () => {
  const digits = "1".repeat(LONG);

  it("are read as quantities, versions, addresses and URLs", () => {
    expect(parseQuantity(`${digits}!`)).toBeInstanceOf(CelError);
    expect(parseQuantity(`${"0".repeat(LONG)}!`)).toBeInstanceOf(CelError);
    expect(parseQuantity(`0.${digits}`)).not.toBeInstanceOf(CelError);
    expect(parseSemver(`${digits}.0.0`, true)).toBeInstanceOf(CelError);
    expect(parseIPValue(":".repeat(LONG))).toBeInstanceOf(CelError);
    expect(parseUrlValue(`http://a/${"%41".repeat(LONG / 4)}`)).not.toBeInstanceOf(CelError);
  });

  it.each([...FORMATS.keys()])("are looked at as %s", (name) => {
    const format = FORMATS.get(name);
    for (const text of [`${"a".repeat(LONG)}!`, `${"a.".repeat(LONG / 2)}!`, `${"-".repeat(LONG)}a`])
      expect(format?.validate(text).length).toBeGreaterThan(0);
  });

  it("are not replaced into texts that no memory holds", () => {
    const text = "a".repeat(LONG);
    expect(call("replace", "string_replace_string_string", text, "a", text)).toBeInstanceOf(CelError);
    expect(call("replace", "string_replace_string_string", text, "", text)).toBeInstanceOf(CelError);
    expect(call("join", "list_join_string", lists(LONG, "a"), text)).toBeInstanceOf(CelError);
    expect(call("indexOf", "string_index_of_string", text, `${"a".repeat(LONG / 2)}b`)).toBe(-1n);
    expect(call("findAll", "string_find_all_string", text, "(a|b)*c|a")).toBeInstanceOf(CelError);
  });
});

describe("long lists", () => {
  it("are not compared forever", () => {
    const list = new ArrayList(Array.from({ length: 100_000 }, (_, index) => BigInt(index)));
    expect(call("sets.contains", "list_sets_contains_list", list, list)).toBeInstanceOf(CelError);
    expect(call("distinct", "list_distinct", list)).toBeInstanceOf(CelError);
    expect(call("distinct", "list_distinct", lists(100_000, "a"))).toMatchObject({ size: 1 });
    expect(call("sort", "list_int_sort", list)).toMatchObject({ size: 100_000 });
  });

  it("are not made too long", () => {
    expect(call("lists.range", "lists_range", 2n ** 62n)).toBeInstanceOf(CelError);
    expect(call("flatten", "list_flatten_int", lists(2000, lists(2000, 1n)), 2n)).toBeInstanceOf(CelError);
  });
});
