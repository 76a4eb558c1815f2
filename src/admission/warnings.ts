/** What the API server hands on of the warnings of one webhook, in characters; longer ones it cuts anywhere. */
export const LONGEST_WARNING = 256;
export const LONGEST_WARNINGS = 4096;

const ELLIPSIS = "…";

/** A warning in its parts: where space is short the place and the sentence and the fix are cut, never who says so. */
export interface WarningText {
  /** The place and the sentence. */
  readonly head: string;
  readonly fix?: string;
  /** The rule, and the policy. */
  readonly source: string;
}

/** The warnings as they go out: each within its limit, all within theirs, with a count of those left out. */
export function fitWarnings(warnings: readonly WarningText[]): readonly string[] {
  const texts = warnings.map(fitWarning);
  if (lengthOf(texts) <= LONGEST_WARNINGS) return texts;
  const kept: string[] = [];
  let left = LONGEST_WARNINGS - leftOut(texts.length).length;
  for (const text of texts) {
    if (text.length > left) break;
    left -= text.length;
    kept.push(text);
  }
  return [...kept, leftOut(texts.length - kept.length)];
}

function leftOut(count: number): string {
  return `Fairlead: ${count} more warnings were left out for want of space; its log names them`;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function fitWarning({ head, fix, source }: WarningText): string {
  const end = cut(` (${plain(source)})`, LONGEST_WARNING / 2);
  const start = plain(head);
  const middle = fix === undefined ? "" : `; ${plain(fix)}`;
  const room = LONGEST_WARNING - end.length;
  if (start.length + middle.length <= room) return start + middle + end;
  // The larger part stays with the head, for it names the place.
  const first = cut(start, Math.max(room - middle.length, Math.floor((room * 2) / 3)));
  return first + cut(middle, room - first.length) + end;
}

/** The text within so many characters, never ending in half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < ELLIPSIS.length) return "";
  return text.slice(0, length - ELLIPSIS.length).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}

/** Warnings travel in an HTTP header: one with a control character in it would be dropped by the API server. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").toWellFormed();
}
