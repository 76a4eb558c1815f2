import { describe, expect, it } from "@jest/globals";
import { equalJson, equalJsonOrEmpty } from "#src/field/json-equality.ts";
import { NumberText } from "#src/field/json.ts";

describe("JSON values", () => {
  it.each<{ one: unknown; other: unknown; equal: boolean; same: boolean }>([
    { one: 1, other: 1, equal: true, same: true },
    { one: 1, other: "1", equal: false, same: false },
    { one: new NumberText("80.0"), other: new NumberText("80.0"), equal: true, same: true },
    { one: new NumberText("80.0"), other: new NumberText("8e1"), equal: false, same: false },
    { one: { a: 1, b: [2] }, other: { b: [2], a: 1 }, equal: true, same: true },
    { one: [1, 2], other: [2, 1], equal: false, same: false },
    { one: [1], other: [1, 2], equal: false, same: false },
    { one: [], other: {}, equal: false, same: true },
    { one: { a: undefined }, other: {}, equal: true, same: true },
    { one: {}, other: { a: undefined }, equal: true, same: true },
    { one: { a: null }, other: {}, equal: false, same: true },
    { one: { a: [] }, other: {}, equal: false, same: true },
    { one: {}, other: { a: {} }, equal: false, same: true },
    { one: undefined, other: undefined, equal: true, same: true },
    { one: undefined, other: "", equal: false, same: false },
    { one: { toString: 1 }, other: {}, equal: false, same: false },
  ])("$one and $other", ({ one, other, equal, same }) => {
    expect([equalJson(one, other), equalJsonOrEmpty(one, other)]).toEqual([equal, same]);
    expect([equalJson(other, one), equalJsonOrEmpty(other, one)]).toEqual([equal, same]);
  });
});
