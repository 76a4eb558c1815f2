import { COLON, HASH, isBlank, isBlankOrEnd, isBreak, SPACE, TAB } from "./characters.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import { foldedGap } from "./folding.ts";
import type { ScalarToken } from "./tokens.ts";

/** The characters that end a plain scalar between brackets. */
const FLOW_INDICATORS = new Set(Array.from(",?[]{}").map((character) => character.charCodeAt(0)));

/** A scalar without quotes, and whether line breaks follow it: then a key may start. */
export interface PlainScalar {
  readonly token: ScalarToken;
  readonly endsLine: boolean;
}

/**
 * Scans a scalar without quotes, which may have several lines.
 * @param indent the least indentation of its further lines, outside of brackets
 */
export function plainScalar(cursor: Cursor, indent: number, isInFlow: boolean): PlainScalar {
  const start = cursor.position;
  let end = start;
  let value = "";
  let gap = "";
  let endsLine = false;
  const noTab = (): void => {
    if (cursor.peek() === TAB && cursor.column < indent) {
      throw syntaxError(cursor.position, cursor.position + 1, "a tab indents this line; YAML allows spaces only");
    }
  };
  while (!cursor.isAtDocumentIndicator() && cursor.peek() !== HASH) {
    const from = cursor.position;
    skipWord(cursor, isInFlow);
    if (cursor.position > from) {
      value += gap + cursor.text.slice(from, cursor.position);
      end = cursor.position;
      endsLine = false;
    }
    const next = cursor.peek();
    if (!isBlank(next) && !isBreak(next)) break;
    const found = foldedGap(cursor, false, noTab);
    gap = found.value;
    endsLine = found.hasBreak;
    if (!isInFlow && cursor.column < indent) break;
  }
  return { token: { type: "scalar", style: "plain", value, start, end }, endsLine };
}

/** Skips to the next white space, or what else ends the scalar. */
function skipWord(cursor: Cursor, isInFlow: boolean): void {
  const { text, end } = cursor;
  let at = cursor.position;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE ? code === SPACE || code === TAB || isBreak(code) : code >= 0x85 && isBreak(code)) break;
    if (code === COLON && isBlankOrEnd(at + 1 < end ? text.charCodeAt(at + 1) : Number.NaN)) break;
    if (isInFlow && FLOW_INDICATORS.has(code)) break;
  }
  cursor.position = at;
}
