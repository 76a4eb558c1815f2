import { HYPHEN, isBlank, isBreak, isBreakOrEnd, isDigit, PLUS, SPACE, TAB, ZERO } from "./characters.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import type { ScalarToken } from "./tokens.ts";

/**
 * Scans a block scalar (`|` or `>`) with its header.
 * @param parentIndent the indentation of what contains it, -1 at the top
 */
export function blockScalar(cursor: Cursor, style: "literal" | "folded", parentIndent: number): ScalarToken {
  const start = cursor.position;
  cursor.position++;
  const { chomping, increment } = header(cursor);
  cursor.skipRestOfLine(start, "the sign of a block of text");
  const state: Breaks = { indent: increment === 0 ? 0 : Math.max(parentIndent, 0) + increment, text: "", end: 0 };
  takeBreaks(cursor, state, parentIndent);
  const parts: string[] = [];
  let lineBreak = "";
  let hadLeadingBlank = false;
  while (cursor.column === state.indent && cursor.position < cursor.end) {
    const startsWithBlank = isBlank(cursor.peek());
    if (style === "folded" && lineBreak === "\n" && !hadLeadingBlank && !startsWithBlank) {
      if (state.text === "") parts.push(" ");
    } else parts.push(lineBreak);
    parts.push(state.text);
    state.text = "";
    hadLeadingBlank = startsWithBlank;
    const from = cursor.position;
    while (!isBreakOrEnd(cursor.peek())) cursor.position++;
    parts.push(cursor.text.slice(from, cursor.position));
    lineBreak = isBreak(cursor.peek()) ? cursor.takeBreak() : "";
    takeBreaks(cursor, state, parentIndent);
  }
  if (chomping !== "strip") parts.push(lineBreak);
  if (chomping === "keep") parts.push(state.text);
  return { type: "scalar", style, value: parts.join(""), start, end: state.end };
}

interface Header {
  readonly chomping: "clip" | "keep" | "strip";
  readonly increment: number;
}

/** The signs behind `|` or `>`: `+` or `-`, and a digit, in any order. */
function header(cursor: Cursor): Header {
  const before = chompingOf(cursor);
  const code = cursor.peek();
  let increment = 0;
  if (isDigit(code)) {
    if (code === ZERO) {
      throw syntaxError(cursor.position, cursor.position + 1, "a block of text cannot be indented by 0; write 1 to 9");
    }
    increment = code - ZERO;
    cursor.position++;
  }
  const chomping = before ?? (increment > 0 ? chompingOf(cursor) : undefined) ?? "clip";
  return { chomping, increment };
}

function chompingOf(cursor: Cursor): "keep" | "strip" | undefined {
  const code = cursor.peek();
  if (code !== PLUS && code !== HYPHEN) return undefined;
  cursor.position++;
  return code === PLUS ? "keep" : "strip";
}

interface Breaks {
  /** 0 until the first line that is not empty tells it. */
  indent: number;
  /** The line breaks of empty lines. */
  text: string;
  /** The end of the last line. */
  end: number;
}

/** Skips indentation and empty lines. */
function takeBreaks(cursor: Cursor, state: Breaks, parentIndent: number): void {
  let maxIndent = 0;
  state.end = cursor.position;
  const breaks: string[] = [];
  for (;;) {
    while ((state.indent === 0 || cursor.column < state.indent) && cursor.peek() === SPACE) cursor.position++;
    maxIndent = Math.max(maxIndent, cursor.column);
    if ((state.indent === 0 || cursor.column < state.indent) && cursor.peek() === TAB) {
      throw syntaxError(cursor.position, cursor.position + 1, "a tab indents this line; YAML allows spaces only");
    }
    if (!isBreak(cursor.peek())) break;
    breaks.push(cursor.takeBreak());
    state.end = cursor.position;
  }
  state.text += breaks.join("");
  if (state.indent === 0) state.indent = Math.max(maxIndent, parentIndent + 1, 1);
}
