import { Lines } from "../text/index.ts";
import { applyEdits } from "./edits.ts";
import type { Context } from "./examine.ts";
import { examine } from "./examine.ts";
import { reasonOf } from "./source.ts";
import type { CheckEvent } from "./tally.ts";
import { replaceFile } from "./write/replace.ts";
import type { Tree } from "./write/tree.ts";

/** One fix may bring another to light (a right field name has a wrong value); more rounds than these find nothing. */
const ROUNDS = 3;

/** A text with its plain fixes made, and which they were. */
export interface Fixed {
  readonly text: string;
  readonly events: readonly CheckEvent[];
}

/** Makes the plain fixes in a text: all else in it, comments and layout, stays as it is. */
export function fixText(text: string, file: string, context: Context): Fixed {
  const events: CheckEvent[] = [];
  let fixed = text;
  for (let round = 0; round < ROUNDS; round++) {
    const found = [...examine(fixed, file, context)];
    const edits = found.flatMap((event) => (event.type === "finding" && event.edit !== undefined ? [event.edit] : []));
    const { text: next, made } = applyEdits(fixed, edits);
    const lines = new Lines(fixed);
    for (const edit of made) {
      const { startLine, startColumn } = lines.region(edit);
      events.push({ type: "fixed", file, line: startLine, column: startColumn, edit });
    }
    fixed = next;
    if (made.length === 0) break;
  }
  return { text: fixed, events };
}

/** A file that is to be fixed. */
export interface Fixable {
  readonly file: string;
  /** What it was read as. */
  readonly text: string;
}

/** Writes a fixed text back; returns why that cannot be done. */
export function writeFixed({ file, text }: Fixable, fixed: string, tree: Tree): string | undefined {
  try {
    const target = tree.targetOf(file);
    if ("refused" in target) return target.refused;
    return replaceFile(target.path, Buffer.from(text), Buffer.from(fixed));
  } catch (error) {
    return reasonOf(error);
  }
}
