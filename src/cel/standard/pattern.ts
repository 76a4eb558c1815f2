import { RE2JS } from "re2js";
import { CelError, type Result } from "../values/index.ts";
import { programSize } from "./program-size.ts";

/** A pattern that is ready to be searched for. */
export interface Pattern {
  /** Whether it occurs in the text; an error if that would take too long. */
  occursIn(text: string): Result;
}

/** How large a compiled pattern may be, in instructions: compiling it takes time by its size. */
const MAX_PROGRAM_SIZE = 20_000;
/** How many steps a search may take: characters of the text times instructions of the pattern. */
const MAX_STEPS = 50_000_000;

/** What is said of a pattern that may be right, but is not compiled. */
export const TOO_LARGE = new CelError("pattern is too large to be compiled in time");
const TOO_LONG = new CelError("text is too long to be searched for the pattern in time");

/**
 * Compiles a pattern of RE2; the error that Go's `regexp` gives if it is none. The API server has no limits of size but the cost;
 * here no single step may hold up everything else.
 */
export function compilePattern(source: string): Pattern | CelError {
  const size = programSize(source);
  if (size > MAX_PROGRAM_SIZE) return TOO_LARGE;
  try {
    const program = RE2JS.compile(source);
    return { occursIn: (text) => (text.length * size > MAX_STEPS ? TOO_LONG : program.matcher(text).find()) };
  } catch (error) {
    return new CelError(error instanceof Error ? error.message : String(error));
  }
}

/** The patterns that were compiled last: those of an expression that are not constants are often the same again. */
const recent = new Map<string, Pattern | CelError>();
const RECENT_PATTERNS = 50;

/** As {@link compilePattern}, but a pattern that was compiled lately is not compiled again. */
export function patternOf(source: string): Pattern | CelError {
  const known = recent.get(source);
  if (known !== undefined) return known;
  const pattern = compilePattern(source);
  if (recent.size >= RECENT_PATTERNS) recent.clear();
  recent.set(source, pattern);
  return pattern;
}
