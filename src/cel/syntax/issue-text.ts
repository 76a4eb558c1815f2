import type { Issue } from "../ast/index.ts";
import { Lines, type Place } from "./lines.ts";

/** More issues than this are only counted (cel-go, common/errors.go). */
const SHOWN_ISSUES = 100;

/** A longer line is not shown; in bytes (cel-go, common/error.go). */
const LONGEST_LINE = 16_384;

const LAST_OF_ASCII = 0x7f;

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
  const excerpts = new Excerpts(lines);
  const shown = issues
    .slice(0, SHOWN_ISSUES)
    .map((issue) => ({ issue, place: lines.place(issue.offset) }))
    .sort(({ place: a }, { place: b }) => a.line - b.line || a.column - b.column)
    .map(({ issue, place }) => {
      return `ERROR: <input>:${place.line}:${place.column + 1}: ${issue.message}${excerpts.of(place)}`;
    });
  if (issues.length > SHOWN_ISSUES) shown.push(`${issues.length - SHOWN_ISSUES} more errors were truncated`);
  return shown.join("\n");
}

/** Lines of a source with a mark below. */
class Excerpts {
  readonly #lines: Lines;
  /** Each line as it is shown; undefined for one that is not. Many issues may be in one line. */
  readonly #shown = new Map<number, { text: string; codePoints: Uint32Array } | undefined>();

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** The line, and below it a mark at the column. Characters beyond ASCII are taken to be twice as wide. */
  of({ line, column }: Place): string {
    if (!this.#shown.has(line)) this.#shown.set(line, shownLine(this.#lines.text(line)));
    const shown = this.#shown.get(line);
    if (shown === undefined) return "";
    let mark = "";
    for (const codePoint of shown.codePoints.subarray(0, Math.max(0, column))) mark += isWide(codePoint) ? "．" : ".";
    return `\n | ${shown.text}\n | ${mark}${isWide(shown.codePoints[column] ?? 0) ? "＾" : "^"}`;
  }
}

function shownLine(codePoints: Uint32Array | undefined): { text: string; codePoints: Uint32Array } | undefined {
  if (codePoints === undefined || codePoints.length > LONGEST_LINE) return undefined;
  const text = String.fromCodePoint(...codePoints);
  if (new TextEncoder().encode(text).length > LONGEST_LINE) return undefined;
  return { text: text.replaceAll("\t", " "), codePoints };
}

function isWide(codePoint: number): boolean {
  return codePoint > LAST_OF_ASCII;
}
