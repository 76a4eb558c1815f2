import { spend } from "../effort/index.ts";
import { RE2JS } from "re2js";
import { CelError, type Result } from "../values/index.ts";
import { programSize } from "./program-size.ts";

/** A pattern that is ready to be searched for. */
export interface Pattern {
  /** Whether it occurs in the text; an error if that would take too long. */
  occursIn(text: string): Result;
  /** The places where it is found, one after the other, up to `limit` of them; an error if that would take too long. */
  findAll(text: string, limit: number): readonly string[] | CelError;
}

/** How long a pattern may be, in characters, and how large when it is compiled, in instructions: compiling takes time by both. */
const MAX_LENGTH = 5000;
const MAX_PROGRAM_SIZE = 5000;
/** How many steps a search may take, characters of the text times instructions: the slowest take a tenth of a microsecond each. */
const MAX_STEPS = 300_000;
/** How many of those a step of the evaluation counts for. */
const STEPS_OF_SEARCH = 3;
/** How much compiling counts, by the size; and how large a pattern may be that is not known before the evaluation. */
const STEPS_OF_COMPILING = 50;
const MAX_SIZE_AT_RUN_TIME = 2000;
/** What is so small that it gets faster by the automaton that it is made into soon, and how long a text may be then. */
const SMALL_PROGRAM_SIZE = 12;
const MAX_TEXT_LENGTH = 150_000;

/** What is said of a pattern that may be right, but is not compiled. */
export const TOO_LARGE = new CelError("pattern is too large to be compiled in time");
const TOO_LONG = new CelError("text is too long to be searched for the pattern in time");

/**
 * Compiles a pattern of RE2; the error that Go's `regexp` gives if it is none. The API server has no limits of size but the cost;
 * here no single step may hold up everything else.
 */
export function compilePattern(source: string): Pattern | CelError {
  if (source.length > MAX_LENGTH) return TOO_LARGE;
  const size = Math.max(1, programSize(source));
  if (size > MAX_PROGRAM_SIZE) return TOO_LARGE;
  // Edges of words keep it from being made into an automaton.
  const isFast = size <= SMALL_PROGRAM_SIZE && !/\\[bB]/.test(source);
  const maxLength = Math.max(isFast ? MAX_TEXT_LENGTH : 0, MAX_STEPS / size);
  try {
    const program = RE2JS.compile(source);
    return {
      occursIn: (text) => {
        if (text.length > maxLength) return TOO_LONG;
        spendOnSearch(text.length, size);
        return program.test(text);
      },
      findAll: (text, limit) => (text.length > maxLength ? TOO_LONG : findAll(program, size, text, limit)),
    };
  } catch (error) {
    return new CelError(error instanceof Error ? error.message : String(error));
  }
}

function spendOnSearch(length: number, size: number): void {
  spend(1 + Math.trunc((length * size) / STEPS_OF_SEARCH));
}

/** An empty match right behind another match is none. Source: `Regexp.allMatches` of Go. */
function findAll(program: RE2JS, size: number, text: string, limit: number): readonly string[] {
  const matcher = program.matcher(text);
  const found: string[] = [];
  let [position, previousEnd] = [0, -1];
  while (found.length < limit && position <= text.length) {
    // Each search may read the text to its end.
    spendOnSearch(text.length - position, size);
    if (!matcher.find(position)) break;
    const [start, end] = [matcher.start(), matcher.end()];
    const isRepeated = end === position && start === previousEnd;
    position = end === position ? end + String.fromCodePoint(text.codePointAt(end) ?? 0).length : end;
    previousEnd = end;
    if (!isRepeated) found.push(text.slice(start, end));
  }
  return found;
}

/** The patterns that were compiled last: those of an expression that are not constants are often the same again. */
const recent = new Map<string, Pattern | CelError>();
const RECENT_PATTERNS = 50;

/** As {@link compilePattern}, but a pattern that was compiled lately is not compiled again. */
export function patternOf(source: string): Pattern | CelError {
  const known = recent.get(source);
  if (known !== undefined) return known;
  if (source.length > MAX_LENGTH) return TOO_LARGE;
  const size = programSize(source);
  if (size > MAX_SIZE_AT_RUN_TIME) return TOO_LARGE;
  spend(size * STEPS_OF_COMPILING);
  const pattern = compilePattern(source);
  if (recent.size >= RECENT_PATTERNS) recent.clear();
  recent.set(source, pattern);
  return pattern;
}
