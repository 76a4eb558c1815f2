import { compileFiles, type CompiledFiles } from "#src/policy/files/compile-files.ts";
import { Lines } from "#src/text/document/index.ts";
import { readText } from "#src/text/index.ts";

/** A policy that is left out may be missed by another one, and so on: what is left then is too little to go by. */
const MOST_ROUNDS = 4;

/**
 * Compiles the policies of a text. Fairlead never applies a set in part; somebody who writes one policy beside others wants
 * to see what the others say. The problems are those of the whole text, at their places.
 */
export function compileWhatIsRight(text: string, file: string): CompiledFiles {
  const whole = compileFiles([{ file, text }]);
  let rest = text;
  let { problems } = whole;
  for (let round = 0; problems.length > 0 && round < MOST_ROUNDS; round++) {
    const lines = problems.map(({ line }) => line);
    rest = withoutDocumentsAt(lines, rest);
    if (rest.trim() === "") return whole;
    const compiled = compileFiles([{ file, text: rest }]);
    if (compiled.problems.length === 0) return { ...compiled, problems: whole.problems };
    ({ problems } = compiled);
  }
  return whole;
}

/** The text with spaces instead of the documents at these lines, so that all others stay where they are. */
function withoutDocumentsAt(numbers: readonly number[], text: string): string {
  const lines = new Lines(text);
  const isBroken = (range: { readonly start: number; readonly end: number }): boolean => {
    const [first, last] = [lines.lineOf(range.start), lines.lineOf(Math.max(range.start, range.end - 1))];
    return numbers.some((line) => line >= first && line <= last);
  };
  let left = text;
  for (const { range } of readText(text, { format: "auto" }).documents) {
    if (!isBroken(range)) continue;
    const blank = text.slice(range.start, range.end).replace(/[^\n]/g, " ");
    left = left.slice(0, range.start) + blank + left.slice(range.end);
  }
  return left;
}
