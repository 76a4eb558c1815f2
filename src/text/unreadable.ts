import type { Lines } from "./lines.ts";
import type { ProblemCode, TextProblem, TextRange } from "./types.ts";

/** Why a document cannot be turned into JSON values. Thrown and caught inside of this room only. */
export class Unreadable extends Error {
  readonly code: ProblemCode;
  readonly range: TextRange;

  constructor(code: ProblemCode, range: TextRange, message: string) {
    super(message);
    this.code = code;
    this.range = range;
  }

  /** The failure as a problem of the text. */
  toProblem(document: number, lines: Lines): TextProblem {
    return { code: this.code, message: this.message, region: lines.region(this.range), document };
  }
}

/** What was caught as a failure; a `RangeError` is the end of the stack. Anything else is a bug and thrown on. */
export function asUnreadable(error: unknown, range: TextRange): Unreadable {
  if (error instanceof Unreadable) return error;
  if (!(error instanceof RangeError)) throw error;
  return tooDeep(range.start);
}

/**
 * The levels that a text may have. Whoever reads, judges or prints a value calls itself for each, and how long a stack
 * is depends on the thread: with a bound that fits every one, all of them say the same of a text.
 */
export const DEEPEST = 500;

/** The failure of a text that is nested deeper than that, or than the stack is long. */
export function tooDeep(at: number): Unreadable {
  return new Unreadable("too-deep", { start: at, end: at }, "this is nested too deep to be read");
}
