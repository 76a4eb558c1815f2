import { countText, totalCount, type WithCount } from "../../service/findings/index.ts";
import { truncate } from "./truncate.ts";

/**
 * The API server's limits on warnings, in characters: of one, and of all of one webhook. It cuts longer ones at any
 * point.
 */
const LONGEST_WARNING = 256;
const LONGEST_WARNINGS = 4096;

/** The input is cut to this length first: anything after it would be cut anyway. */
const LONGEST_INPUT = 4 * LONGEST_WARNING;

const NONE: readonly string[] = [];

/** The parts of a warning: to save space the head and the fix are cut, never the source. */
export interface WarningText {
  /** The field path and the sentence. */
  readonly head: string;
  readonly fix?: string;
  /** The rule and the policy. */
  readonly source: string;
}

/**
 * The warnings, each and all of them within the limits, with a count of those left out.
 * @param warnings rendered one after the other, for as long as there is room.
 * @param counted the findings that they are about: more than `warnings` if some are only counted.
 */
export function limitWarnings(warnings: Iterable<WarningText>, counted: readonly WithCount[]): readonly string[] {
  if (counted.length === 0) return NONE;
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
  // The head gets the larger share, because it names the field.
  const first = truncate(start, Math.max(room - middle.length, Math.floor((room * 2) / 3)));
  return first + truncate(middle, room - first.length) + end;
}

/** Almost every text: printable ASCII. */
const PRINTABLE = /^[ -~]*$/;

/** Warnings are sent in an HTTP header: the API server would drop one with a control character. */
function plain(text: string): string {
  if (text.length <= LONGEST_INPUT && PRINTABLE.test(text)) return text;
  return text
    .slice(0, LONGEST_INPUT)
    .replace(/\p{Cc}+/gu, " ")
    .toWellFormed();
}
