import type { FixRound } from "../../examine/fixes/index.ts";
import { fileErrorReason } from "../../field/index.ts";
import { type Encoding, encodeText, replaceFile, type WritableTree } from "../../files/index.ts";
import { Lines } from "../../text/document/index.ts";
import type { CheckEvent } from "./run-results.ts";

/** An event for each fix of a file. */
export function* fixedEvents(file: string, rounds: readonly FixRound[]): Generator<CheckEvent> {
  for (const { text, edits } of rounds) {
    const lines = new Lines(text);
    for (const edit of edits) {
      const { startLine: line, startColumn: column } = lines.region(edit);
      yield { type: "fixed", file, line, column, edit };
    }
  }
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
