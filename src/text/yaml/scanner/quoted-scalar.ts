import { APOSTROPHE, BACKSLASH, isBlank, isBlankOrEnd, isBreak, QUOTE } from "./characters.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import { foldedGap } from "./folding.ts";
import type { ScalarToken } from "./tokens.ts";

/** The escapes of go-yaml that stand for one character. */
const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\u001b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
};
/** The escapes that take hexadecimal digits, and how many. */
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const MAX_CODE = 0x10ffff;

/** Scans a scalar in single or double quotes; the cursor is at its opening quote. */
export function quotedScalar(cursor: Cursor, style: "single" | "double"): ScalarToken {
  const start = cursor.position;
  const quote = style === "single" ? APOSTROPHE : QUOTE;
  let value = "";
  cursor.position++;
  for (;;) {
    if (cursor.isAtDocumentIndicator() || Number.isNaN(cursor.peek())) {
      const mark = style === "single" ? "'" : '"';
      throw syntaxError(start, start + 1, `this quote is never closed: its ${mark} is missing`);
    }
    const word = quotedWord(cursor, style, start);
    value += word.value;
    if (cursor.peek() === quote) break;
    const next = cursor.peek();
    if (isBlank(next) || isBreak(next)) {
      // Nothing stands for an escaped line break, but for the empty lines behind it their line breaks do.
      const gap = foldedGap(cursor, word.hasEscapedBreak);
      value += gap.value;
    }
  }
  cursor.position++;
  return { type: "scalar", style, value, start, end: cursor.position };
}

interface Word {
  readonly value: string;
  readonly hasEscapedBreak: boolean;
}

function quotedWord(cursor: Cursor, style: "single" | "double", start: number): Word {
  let value = "";
  let from = cursor.position;
  const { text } = cursor;
  for (let code = cursor.peek(); !isBlankOrEnd(code); code = cursor.peek()) {
    if (style === "single" && code === APOSTROPHE) {
      if (cursor.peek(1) !== APOSTROPHE) break;
      value += text.slice(from, cursor.position + 1);
      from = cursor.position += 2;
    } else if (style === "double" && code === QUOTE) break;
    else if (style === "double" && code === BACKSLASH) {
      value += text.slice(from, cursor.position);
      if (isBreak(cursor.peek(1))) {
        cursor.position++;
        cursor.takeBreak();
        return { value, hasEscapedBreak: true };
      }
      value += escaped(cursor, start);
      from = cursor.position;
    } else cursor.position++;
  }
  return { value: value + text.slice(from, cursor.position), hasEscapedBreak: false };
}

/** The character that an escape stands for; the cursor is at its backslash. */
function escaped(cursor: Cursor, start: number): string {
  const from = cursor.position;
  const letter = cursor.text.slice(from + 1, from + 2);
  const plain = ESCAPES[letter];
  if (plain !== undefined) {
    cursor.position += 2;
    return plain;
  }
  const length = CODE_LENGTHS[letter];
  if (length === undefined) {
    if (from + 1 >= cursor.end) throw syntaxError(start, start + 1, "this quote is never closed");
    const message = `\`\\${letter}\` is not a valid escape between double quotes; write \\\\ for a backslash, or use single quotes`;
    throw syntaxError(from, from + 2, message);
  }
  const digits = cursor.text.slice(from + 2, Math.min(from + 2 + length, cursor.end));
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
  if (Number.isNaN(code)) {
    throw syntaxError(from, from + 2, `\`\\${letter}\` takes ${length} hexadecimal digits`);
  }
  if (code > MAX_CODE || (code >= 0xd800 && code <= 0xdfff)) {
    throw syntaxError(
      from,
      from + 2 + length,
      `\`\\${letter}${digits}\` is not a valid character; write the character itself`,
    );
  }
  cursor.position += 2 + length;
  return String.fromCodePoint(code);
}
