import { fileErrorReason } from "../../field/index.ts";
import { type Encoding, encodeText, replaceFile, type WritableTree } from "../../files/index.ts";
import { Lines } from "../../text/document/index.ts";
import { applyEdits, type Edit } from "../edits/index.ts";
import { type Context, examine } from "../findings/index.ts";
import type { CheckEvent } from "./run-results.ts";

/**
 * Limits of the rounds of fixing. Fixing one finding may reveal another: of several wrong types, the decoder reports only
 * the first. Each round reads the whole text, so a large text gets fewer rounds (`MAX_UNITS_READ` is in UTF-16 units), and
 * a small one gets more rounds than anybody makes mistakes.
 */
const MAX_ROUNDS = 500;
const MIN_ROUNDS = 10;
const MAX_UNITS_READ = 20_000_000;

function roundsFor(text: string): number {
  return Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(MAX_UNITS_READ / (text.length + 1))));
}

/** A text after its fixes, with an event for each of them. */
export interface FixResult {
  readonly text: string;
  readonly events: readonly CheckEvent[];
}

/**
 * Applies the fixes that are safe to make automatically. Everything else, such as comments and layout, stays as it is.
 */
export function fixText(text: string, file: string, context: Context): FixResult {
  const events: CheckEvent[] = [];
  let fixed = text;
  let current = collectEdits(text, file, context);
  for (let round = 0; round < roundsFor(text) && current.edits.length > 0; round++) {
    const { text: next, made } = applyEdits(fixed, current.edits);
    const after = collectEdits(next, file, context);
    // An edit after which more documents are unreadable is not a fix. None is known to do that, but a file is too
    // valuable to rely on it.
    if (after.unreadable > current.unreadable) break;
    const lines = new Lines(fixed);
    for (const edit of made) {
      const { startLine, startColumn } = lines.region(edit);
      events.push({ type: "fixed", file, line: startLine, column: startColumn, edit });
    }
    fixed = next;
    current = after;
  }
  return { text: fixed, events };
}

interface EditPass {
  readonly edits: readonly Edit[];
  /** How many documents cannot be read. */
  readonly unreadable: number;
}

function collectEdits(text: string, file: string, context: Context): EditPass {
  const edits: Edit[] = [];
  let unreadable = 0;
  for (const event of examine(text, file, { ...context, wantsEdits: true })) {
    if (event.type === "unusable") unreadable++;
    if ((event.type === "finding" || event.type === "over-limit") && event.edit !== undefined) edits.push(event.edit);
  }
  return { edits, unreadable };
}

/** A file to fix. */
export interface FileToFix {
  readonly file: string;
  /** Its text as it was read. */
  readonly text: string;
  /** How it is stored, and stays stored. */
  readonly encoding: Encoding;
}

/** Writes a fixed text back. @returns why it could not be written; undefined if it was */
export function writeFixed({ file, text, encoding }: FileToFix, fixed: string, tree: WritableTree): string | undefined {
  try {
    const target = tree.targetOf(file);
    if ("refused" in target) return target.refused;
    return replaceFile(target.path, encodeText(text, encoding), encodeText(fixed, encoding));
  } catch (error) {
    return fileErrorReason(error);
  }
}
