import { isBlank, isBreak } from "./characters.ts";
import type { Cursor } from "./cursor.ts";

/** The white space between two pieces of a plain or quoted scalar. */
export interface Gap {
  /** What the value has in place of it. */
  readonly value: string;
  readonly hasBreak: boolean;
}

/**
 * Skips blanks and line breaks, and folds them: blanks within a line are kept, a single line break becomes a space, of
 * several the first is dropped.
 * @param followsBreak an escaped line break came before: blanks are dropped
 * @param check called at each blank that starts a line
 */
export function foldedGap(cursor: Cursor, followsBreak: boolean, check?: () => void): Gap {
  const start = cursor.position;
  let hasBreak = followsBreak;
  let first = "";
  let more = "";
  let blanks = "";
  for (let code = cursor.peek(); ; code = cursor.peek()) {
    if (isBlank(code)) {
      if (hasBreak) check?.();
      cursor.position++;
    } else if (isBreak(code)) {
      if (hasBreak) more += cursor.takeBreak();
      else {
        first = cursor.takeBreak();
        hasBreak = true;
      }
    } else break;
  }
  if (!hasBreak) blanks = cursor.text.slice(start, cursor.position);
  if (!hasBreak) return { value: blanks, hasBreak };
  if (first !== "\n") return { value: first + more, hasBreak };
  return { value: more === "" ? " " : more, hasBreak };
}
