/** The classes of characters that go-yaml tells apart. All take a UTF-16 code; past the end of a text it is NaN. */

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const NEXT_LINE = 0x85;
const LINE_SEPARATOR = 0x2028;
const PARAGRAPH_SEPARATOR = 0x2029;

/** A space or a tab. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** A line break of YAML 1.1: besides carriage return and line feed also U+0085, U+2028 and U+2029. */
export function isBreak(code: number): boolean {
  if (code > CARRIAGE_RETURN && code < NEXT_LINE) return false;
  return (
    code === LINE_FEED ||
    code === CARRIAGE_RETURN ||
    code === NEXT_LINE ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  );
}

/** A blank, a line break, or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === TAB || isBreak(code) || Number.isNaN(code);
}

/** A line break, or the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || Number.isNaN(code);
}

/** What names of anchors, tags and directives are made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
}

/** A decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
