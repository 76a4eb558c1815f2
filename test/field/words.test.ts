import { describe, expect, it } from "@jest/globals";
import { nearestWord } from "../../src/field/words.ts";

describe("the word that was meant", () => {
  const words = ["port", "healthPort", "targetPort", "selector", "type"];
  it.each([
    { word: "prot", want: "port" },
    { word: "pot", want: "port" },
    { word: "Port", want: "port" },
    { word: "targetport", want: "targetPort" },
    { word: "heatlhPort", want: "healthPort" },
    { word: "select", want: "selector" },
    { word: "typo", want: "type" },
    { word: "zzz", want: undefined },
    { word: "", want: undefined },
    { word: "p".repeat(100), want: undefined },
  ])("$word: $want", ({ word, want }) => {
    expect(nearestWord(word, words)).toBe(want);
  });
});
