import { fileErrorReason } from "../field/file-error.ts";
import { Lines } from "../text/index.ts";
import type { Context } from "./context.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { examine } from "./examine.ts";
import type { CheckEvent } from "./tally.ts";
import { replaceFile } from "./write/replace.ts";
import type { Tree } from "./write/tree.ts";

/**
 * One fix may bring another to light: of several wrong types the decoder names the first. A round reads the whole text,
 * so that a large one has fewer of them; small ones have as many as anybody could have made mistakes.
 */
const MOST_ROUNDS = 500;
const LEAST_ROUNDS = 10;
const MOST_READ = 20_000_000;

function roundsFor(text: string): number {
  return Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, Math.floor(MOST_READ / (text.length + 1))));
}

/** A text with its plain fixes made, and which they were. */
export interface Fixed {
  readonly text: string;
  readonly events: readonly CheckEvent[];
}

/** Makes the plain fixes in a text: all else in it, comments and layout, stays as it is. */
export function fixText(text: string, file: string, context: Context): Fixed {
  const events: CheckEvent[] = [];
  let fixed = text;
  let found = look(text, file, context);
  for (let round = 0; round < roundsFor(text) && found.edits.length > 0; round++) {
    const { text: next, made } = applyEdits(fixed, found.edits);
    const after = look(next, file, context);
    // What reads worse than before was no fix. No edit is known to do that; a file is too dear to rely on it.
    if (after.unread > found.unread) break;
    const lines = new Lines(fixed);
    for (const edit of made) {
      const { startLine, startColumn } = lines.region(edit);
      events.push({ type: "fixed", file, line: startLine, column: startColumn, edit });
    }
    fixed = next;
    found = after;
  }
  return { text: fixed, events };
}

interface Look {
  readonly edits: readonly Edit[];
  /** Documents that cannot be read. */
  readonly unread: number;
}

function look(text: string, file: string, context: Context): Look {
  const edits: Edit[] = [];
  let unread = 0;
  for (const event of examine(text, file, { ...context, wantsEdits: true })) {
    if (event.type === "unusable") unread++;
    if ((event.type === "finding" || event.type === "beyond") && event.edit !== undefined) edits.push(event.edit);
  }
  return { edits, unread };
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
    return fileErrorReason(error);
  }
}
