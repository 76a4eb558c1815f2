import { spend } from "../effort/index.ts";
import { codePoints } from "../functions/index.ts";
import type { CelError } from "../values/index.ts";
import { isTooLong, TOO_LONG } from "./declare.ts";

/** The text with the first `limit` places of a part replaced; all of them if it is negative. Source: `strings.Replace` of Go. */
export function replaced(text: string, part: string, by: string, limit: bigint): string | CelError {
  if (part === by || limit === 0n) return text;
  const pieces = pieceCount(limit, 1);
  const parts = part === "" ? aroundCharacters(text, pieces) : splitMost(text, part, pieces);
  const length = text.length + (parts.length - 1) * (by.length - part.length);
  return isTooLong(length) ? TOO_LONG : parts.join(by);
}

/** How many pieces a limit allows, with so many more. */
function pieceCount(limit: bigint, more: number): number {
  return limit < 0n ? Infinity : Number(limit) + more;
}

/** The pieces between what is put before, between and behind the characters. */
function aroundCharacters(text: string, most: number): readonly string[] {
  return ["", ...explode(text, most - 1), ...(most > codePoints(text) + 1 ? [""] : [])];
}

/** The characters; the last piece has what is left over. */
function explode(text: string, most: number): readonly string[] {
  const characters: string[] = [];
  let unit = 0;
  for (const character of text) {
    spend();
    if (characters.length + 1 >= most) return [...characters, text.slice(unit)];
    characters.push(character);
    unit += character.length;
  }
  return characters;
}

/** The pieces around the separator; the last of `most` has what is left over. */
function splitMost(text: string, separator: string, most: number): readonly string[] {
  if (most === Infinity) return text.split(separator);
  const pieces: string[] = [];
  let start = 0;
  while (pieces.length + 1 < most) {
    spend();
    const end = text.indexOf(separator, start);
    if (end < 0) break;
    pieces.push(text.slice(start, end));
    start = end + separator.length;
  }
  return [...pieces, text.slice(start)];
}

/**
 * The pieces around the separator, or the characters if it is empty: `limit` at most, the last with what is left over. Source:
 * `strings.SplitN` of Go.
 */
export function split(text: string, separator: string, limit: bigint): readonly string[] {
  if (limit === 0n) return [];
  const most = pieceCount(limit, 0);
  return separator === "" ? explode(text, most) : splitMost(text, separator, most);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** The text in quotes, as CEL could read it. Source: `quote` in `strings.go` of `ext` of cel-go. */
export function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  const escaped = text.replaceAll(/[\x07\b\f\n\r\t\v\\"]/g, (character) => ESCAPES[character] ?? character);
  return `"${escaped.toWellFormed()}"`;
}

/** Whether every character is one unit of JavaScript, so that the units are the characters. */
function isSimple(text: string): boolean {
  return !/[\ud800-\udbff]/.test(text);
}

/** A text whose characters are asked for by their position, counted in code points. */
export interface Characters {
  readonly count: number;
  /** The text from a position up to, but not including, another one; both are positions in it, or its end. */
  readonly between: (start: number, end: number) => string;
  /** The position in units of JavaScript, and back. */
  readonly toUnit: (position: number) => number;
  readonly fromUnit: (unit: number) => number;
}

const same = (position: number): number => position;

export function charactersOf(text: string): Characters {
  if (isSimple(text))
    return { count: text.length, between: (start, end) => text.slice(start, end), toUnit: same, fromUnit: same };
  const toUnit = (position: number): number => unitAt(text, position);
  return {
    count: codePoints(text),
    between: (start, end) => text.slice(toUnit(start), toUnit(end)),
    toUnit,
    fromUnit: (unit) => codePoints(text.slice(0, unit)),
  };
}

function unitAt(text: string, position: number): number {
  let unit = 0;
  for (let passed = 0; passed < position; passed++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return unit;
}
