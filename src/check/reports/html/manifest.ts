import { readText } from "../../../text/index.ts";
import type { TextDocument } from "../../../text/index.ts";
import type { CheckedService } from "../../types.ts";

/** A manifest's text line by line, in the columns of its file. */
export interface ManifestText {
  readonly lines: readonly string[];
  /** How many columns of space all lines have on the left: those of an item in a `List`. */
  readonly indent: number;
  /** What the text says; undefined where it does not stand alone (an alias of something else in the file). */
  readonly document: TextDocument | undefined;
}

/** The manifest as text and as what it says. */
export function manifestText({ text, region }: CheckedService): ManifestText {
  const indent = region.startColumn - 1;
  // The first line lacks its indentation, without which the lines below would not line up with it.
  const whole = `${" ".repeat(indent)}${text.trimEnd()}`;
  const [document] = readText(whole, { format: "auto" }).documents;
  return {
    lines: whole.split(/\r?\n/),
    indent,
    document: document?.value === undefined ? undefined : document,
  };
}

/** How much of the line is no more than the indentation that all lines share. */
export function indentOf(line: string, indent: number): number {
  return Math.min(indent, line.length - line.trimStart().length);
}
