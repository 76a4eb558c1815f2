import type { Issue } from "../ast/index.ts";
import { Lines } from "./lines.ts";

/** More issues than this are only counted (cel-go, common/errors.go). */
const SHOWN_ISSUES = 100;

/** A longer line is not shown; in bytes (cel-go, common/error.go). */
const LONGEST_LINE = 16_384;

const TAB = 9;
const SPACE = 32;

/**
 * Issues as the API server prints them, in the order of their places (cel-go, common/errors.go and error.go):
 *
 *     ERROR: <input>:1:8: undefined field 'foo'
 *      | request.foo == 1
 *      | .......^
 *
 * @param source the expression
 * @param issues in the order in which they were found
 */
export function issueText(source: string, issues: readonly Issue[]): string {
  const lines = new Lines(source);
  const shown = issues
    .slice(0, SHOWN_ISSUES)
    .map((issue) => ({ issue, place: lines.place(issue.offset) }))
    .sort(({ place: a }, { place: b }) => a.line - b.line || a.column - b.column)
    .map(({ issue, place: { line, column } }) => {
      const heading = `ERROR: <input>:${line}:${column + 1}: ${issue.message}`;
      const text = lines.text(line);
      return text === undefined ? heading : heading + excerpt(text, column);
    });
  if (issues.length > SHOWN_ISSUES) shown.push(`${issues.length - SHOWN_ISSUES} more errors were truncated`);
  return shown.join("\n");
}

/** The line, and below it a mark at the column. Characters beyond ASCII are taken to be twice as wide. */
function excerpt(line: Uint32Array, column: number): string {
  let text = "";
  let dots = "";
  let bytes = 0;
  line.forEach((codePoint, at) => {
    const width = bytesOf(codePoint);
    bytes += width;
    text += String.fromCodePoint(codePoint === TAB ? SPACE : codePoint);
    if (at < column) dots += width > 1 ? "．" : ".";
  });
  if (bytes > LONGEST_LINE) return "";
  return `\n | ${text}\n | ${dots}${bytesOf(line[column] ?? 0) > 1 ? "＾" : "^"}`;
}

/** How long a code point is in UTF-8. */
function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
