import type { TextDocument } from "../../text/document/index.ts";
import { readText } from "../../text/index.ts";
import type { CheckedService } from "../../examine/model/index.ts";

/** A manifest's text line by line, with the columns of its file. */
export interface ManifestText {
  readonly lines: readonly string[];
  /** The indentation that all lines share, as in an item of a `List`. */
  readonly indent: number;
  /** The parsed text; undefined if it cannot be parsed by itself, as with an alias to another part of the file. */
  readonly document: TextDocument | undefined;
}

/** The manifest as lines and as a parsed document. */
export function manifestText({ text, region }: CheckedService): ManifestText {
  const indent = region.startColumn - 1;
  // The text lacks the indentation of its first line, which has to match that of the other lines.
  const whole = `${" ".repeat(indent)}${text.trimEnd()}`;
  const [document] = readText(whole, { format: "auto" }).documents;
  return {
    lines: whole.split(/\r?\n/),
    indent,
    document: document?.value === undefined ? undefined : document,
  };
}

/** How many characters of the line belong to the shared indentation. */
export function indentOf(line: string, indent: number): number {
  return Math.min(indent, line.length - line.trimStart().length);
}
