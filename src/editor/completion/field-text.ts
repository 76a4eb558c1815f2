import type { Expected, FieldWord } from "../words/index.ts";
import { scalarText } from "./scalar-text.ts";
import type { Style } from "./style.ts";

/** The place where a key is written. */
export interface KeyPlace {
  /** The column of the key, in block style. */
  readonly column: number;
  readonly isFlow: boolean;
  /** The quotes that the key is in. */
  readonly quotes: "plain" | "single" | "double" | "block";
  /** What of the entry is there already: its colon, or the lines below a key that still lacks it. */
  readonly has: "nothing" | "colon" | "value";
}

/** A key with what follows it: the colon, and for a list or a map the next line. */
export function fieldText(word: FieldWord, place: KeyPlace, style: Style): string {
  const key = scalarText(word.label, style.isJson, style.isJson, place.quotes);
  if (place.has === "colon") return key;
  if (place.has === "value") return `${key}:`;
  if (word.only !== undefined) return `${key}: ${scalarText(word.only, true, style.isJson)}`;
  if (place.isFlow) return `${key}: ${style.isJson ? jsonStart(word.takes) : flowStart(word.takes)}`;
  const { type } = word.takes;
  if (type === "object" || type === "map") return `${key}:${newLine(place.column + style.step, style)}`;
  if (type === "list") return `${key}:${newLine(place.column + (style.isListIndented ? style.step : 0), style)}- `;
  return `${key}: `;
}

function newLine(column: number, { lineBreak }: Style): string {
  return `${lineBreak}${" ".repeat(column)}`;
}

function flowStart({ type }: Expected): string {
  if (type === "list") return "[]";
  return type === "object" || type === "map" ? "{}" : "";
}

/** JSON has no empty values: a text starts empty, one of a few values as the first of them, and all else as null. */
function jsonStart(takes: Expected): string {
  const start = flowStart(takes);
  if (start !== "") return start;
  const [first] = takes.values?.() ?? [];
  if (first !== undefined) return takes.type === "boolean" ? first.label : JSON.stringify(first.label);
  return takes.type === "text" ? '""' : "null";
}
