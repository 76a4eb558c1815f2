import { RE2JS } from "re2js";

/** A compiled pattern of a policy's author. */
interface Pattern {
  readonly source: string;
  /** Whether the whole text matches. A text over {@link MAX_MATCHED} is not looked at: it does not. */
  matches(text: string): boolean;
  /** Whether it matches, or is too long to tell. */
  mayMatch(text: string): boolean;
}

/** Longer patterns are programs, not patterns. */
const MAX_PATTERN = 256;
/** Patterns compile to this many instructions at most: matching costs up to that many steps for each character. */
const MAX_PROGRAM = 2000;
/** Annotations may be 256 KiB long; what a pattern is meant for is not. */
const MAX_MATCHED = 4096;

/**
 * Compiles an RE2 pattern, anchored at both ends. RE2 runs in linear time whatever the pattern: it has neither
 * back-references nor look-around.
 * @throws Error saying what is wrong with the pattern.
 */
export function compilePattern(source: string): Pattern {
  if (source.length > MAX_PATTERN) throw new Error(`is longer than ${MAX_PATTERN} characters`);
  const program = RE2JS.compile(source);
  if (program.programSize() > MAX_PROGRAM) throw new Error("has repetitions that multiply: it is too costly to match");
  return {
    source,
    matches: (text) => text.length <= MAX_MATCHED && program.matches(text),
    mayMatch: (text) => text.length > MAX_MATCHED || program.matches(text),
  };
}

/** What is wrong with a pattern, in words; undefined if nothing. */
export function patternProblem(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
