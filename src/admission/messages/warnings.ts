import { countText, totalCount, type WithCount } from "../../service/findings/index.ts";
import { truncate } from "./truncate.ts";

/** What the API server hands on of the warnings of one webhook, in characters; longer ones it cuts anywhere. */
const LONGEST_WARNING = 256;
const LONGEST_WARNINGS = 4096;

/** What lies behind is cut off anyway. */
const LONGEST_LOOKED_AT = 4 * LONGEST_WARNING;

/** A warning in its parts: where space is short the place and the sentence and the fix are cut, never who says so. */
export interface WarningText {
  /** The place and the sentence. */
  readonly head: string;
  readonly fix?: string;
  /** The rule, and the policy. */
  readonly source: string;
}

/**
 * The warnings as they go out: each within its limit, all within theirs, with a count of those left out.
 * @param warnings put in words one after the other, for as long as there is room.
 * @param counted what they are about: more than `warnings`, where some of them are counted only.
 */
export function limitWarnings(warnings: Iterable<WarningText>, counted: readonly WithCount[]): readonly string[] {
  const count = totalCount(counted);
  const leftOut = (left: number): string =>
    `Fairlead: ${countText(left, counted)} more warnings were left out for want of space; its log names them`;
  const texts: string[] = [];
  let length = 0;
  for (const warning of warnings) {
    const text = fitWarning(warning);
    texts.push(text);
    length += text.length;
    if (length > LONGEST_WARNINGS) break;
  }
  if (length <= LONGEST_WARNINGS && texts.length === count) return texts;
  const kept: string[] = [];
  let left = LONGEST_WARNINGS - leftOut(count).length;
  for (const text of texts) {
    if (text.length > left) break;
    left -= text.length;
    kept.push(text);
  }
  return [...kept, leftOut(count - kept.length)];
}

function fitWarning({ head, fix, source }: WarningText): string {
  const end = truncate(` (${plain(source)})`, LONGEST_WARNING / 2);
  const start = plain(head);
  const middle = fix === undefined ? "" : `; ${plain(fix)}`;
  const room = LONGEST_WARNING - end.length;
  if (start.length + middle.length <= room) return start + middle + end;
  // The larger part stays with the head, for it names the place.
  const first = truncate(start, Math.max(room - middle.length, Math.floor((room * 2) / 3)));
  return first + truncate(middle, room - first.length) + end;
}

/** Warnings travel in an HTTP header: one with a control character in it would be dropped by the API server. */
function plain(text: string): string {
  return text
    .slice(0, LONGEST_LOOKED_AT)
    .replace(/\p{Cc}+/gu, " ")
    .toWellFormed();
}
