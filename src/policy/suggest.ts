import { nearestWord } from "../field/words.ts";

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearestWord(word, candidates);
  return candidate === undefined ? "" : `; did you mean "${candidate}"?`;
}
