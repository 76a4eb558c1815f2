import type { Lines } from "./lines.ts";
import type { ProblemCode, TextProblem, TextRange } from "./types.ts";

/** Why a document cannot be converted to JSON values. Thrown and caught inside this folder only. */
export class TextError extends Error {
  readonly code: ProblemCode;
  readonly range: TextRange;

  constructor(code: ProblemCode, range: TextRange, message: string) {
    super(message);
    this.code = code;
    this.range = range;
  }

  /** The error as data. */
  toProblem(document: number, lines: Lines): TextProblem {
    return { code: this.code, message: this.message, region: lines.region(this.range), document };
  }
}

/** The caught error as an `Unreadable`; a `RangeError` is a stack overflow. Any other error is a bug and is rethrown. */
export function asTextError(error: unknown, range: TextRange): TextError {
  if (error instanceof TextError) return error;
  if (!(error instanceof RangeError)) throw error;
  return tooDeep(range.start);
}

/**
 * The maximum nesting of a text. Reading, judging and printing a value recurse once per level, and the size of the stack
 * depends on the thread: with a limit that fits every thread, all of them give the same answer for a text.
 */
export const MAX_DEPTH = 500;

/** The error of a text that is nested deeper than that, or overflows the stack. */
export function tooDeep(at: number): TextError {
  return new TextError("too-deep", { start: at, end: at }, "this is nested too deep to be read");
}
