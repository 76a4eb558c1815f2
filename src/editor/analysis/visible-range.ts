import type { TextRange } from "../../text/document/index.ts";

/** What belongs to one word: a key, or a value in one piece. */
const WORD = /[^\s,[\]{}"'#]/;

/**
 * A range that an editor can show. An empty one is about what is missing at its place: it becomes the word there, or else the
 * nearest character before or behind it on the line, or else the line break.
 */
export function visibleRange({ start, end }: TextRange, text: string): TextRange {
  if (end > start) return { start, end };
  const word = { start, end: start };
  while (word.start > 0 && isWord(text, word.start - 1)) word.start--;
  while (word.end < text.length && isWord(text, word.end)) word.end++;
  if (word.end > word.start) return word;
  if (start < text.length && !isBlank(text, start)) return { start, end: start + 1 };
  let last = start;
  while (last > 0 && isBlank(text, last - 1)) last--;
  if (last > 0) return { start: last - 1, end: last };
  return { start: 0, end: Math.min(1, text.length) };
}

function isWord(text: string, at: number): boolean {
  return WORD.test(text.charAt(at));
}

function isBlank(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}
