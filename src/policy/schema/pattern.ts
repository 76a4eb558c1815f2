import { RE2JS } from "re2js";

/** A compiled pattern from a policy. */
interface Pattern {
  readonly source: string;
  /** Whether the whole text matches. A text longer than {@link MAX_TEXT_LENGTH} is not examined and does not match. */
  matches(text: string): boolean;
  /** Whether the text matches or is too long to be examined. */
  matchesOrIsTooLong(text: string): boolean;
}

/** The maximum length of a pattern, in characters. */
const MAX_PATTERN_LENGTH = 256;
/** The maximum number of instructions in a compiled pattern: matching costs up to this many steps per character. */
const MAX_PROGRAM_SIZE = 2000;
/**
 * The maximum length of a text to match, in characters. Annotations may be 256 KiB; no value meant for a pattern is.
 */
const MAX_TEXT_LENGTH = 4096;

/**
 * Compiles an RE2 pattern, anchored at both ends. RE2 matches in linear time for every pattern, as it has neither
 * back-references nor look-around.
 * @throws Error whose message says what is wrong with the pattern.
 */
export function compilePattern(source: string): Pattern {
  if (source.length > MAX_PATTERN_LENGTH) throw new Error(`is longer than ${MAX_PATTERN_LENGTH} characters`);
  const program = RE2JS.compile(source);
  if (program.programSize() > MAX_PROGRAM_SIZE)
    throw new Error("has repetitions that multiply: it is too costly to match");
  return {
    source,
    matches: (text) => text.length <= MAX_TEXT_LENGTH && program.matches(text),
    matchesOrIsTooLong: (text) => text.length > MAX_TEXT_LENGTH || program.matches(text),
  };
}

/** What is wrong with a pattern; undefined if it is valid. */
export function patternProblem(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
