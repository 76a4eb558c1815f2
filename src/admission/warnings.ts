/** What the API server hands on of the warnings of one webhook, in characters; longer ones it cuts anywhere. */
export const LONGEST_WARNING = 256;
export const LONGEST_WARNINGS = 4096;

const ELLIPSIS = "…";

/** A warning in two parts: `head` may be cut where space is short, `tail` (the fix, the rule) is what must be read. */
export interface WarningText {
  readonly head: string;
  readonly tail: string;
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

function fitWarning({ head, tail }: WarningText): string {
  const [start, end] = [plain(head), plain(tail)];
  if (start.length + end.length <= LONGEST_WARNING) return start + end;
  // Half of the space stays with the head, for it names the place.
  const room = Math.max(LONGEST_WARNING - end.length, LONGEST_WARNING / 2);
  return cut(start, room) + cut(end, LONGEST_WARNING - Math.min(room, start.length));
}

/** The text within so many characters, never ending in half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length - ELLIPSIS.length).replace(/[\uD800-\uDBFF]$/, "") + ELLIPSIS;
}

/** Warnings travel in an HTTP header: one with a control character in it would be dropped by the API server. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").toWellFormed();
}
