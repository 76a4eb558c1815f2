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

/** The error of a text that is nested deeper than go-yaml or Go's JSON decoder go, or overflows the stack. */
export function tooDeep(at: number): TextError {
  return new TextError("too-deep", { start: at, end: at }, "this is nested too deep to be read");
}
