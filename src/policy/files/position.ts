import type { Path } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import type { Problem } from "../schema/index.ts";
import { scalarOffset } from "./scalar-offset.ts";

interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of the field, or of its nearest ancestor that is in the document. */
export function positionOf(document: TextDocument, path: Path): Position {
  for (let at: Path | undefined = path; at !== undefined; at = at.parent) {
    // A list item has no key of its own.
    const region = document.locate(at.keys(), "key") ?? document.locate(at.keys(), "value");
    if (region !== undefined) return start(region);
  }
  return { line: 1, column: 1 };
}

function start({ startLine, startColumn }: { readonly startLine: number; readonly startColumn: number }): Position {
  return { line: startLine, column: startColumn };
}

/**
 * The position of a place within a text of a document, such as a mistake in an expression; the start of the text where it
 * cannot be told.
 */
export function positionWithin(
  source: string,
  document: TextDocument,
  path: Path,
  { text, offset }: NonNullable<Problem["within"]>,
): Position {
  const region = document.locate(path.keys(), "value");
  if (region === undefined) return positionOf(document, path);
  const before = Array.from(text).slice(0, offset).join("");
  const lines = source.split("\n");
  const lineStart = lines.slice(0, region.startLine - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const found = scalarOffset(source, lineStart + region.startColumn - 1, text, before.length);
  if (found === undefined) return start(region);
  const linesBefore = source.slice(lineStart, found).split("\n");
  return { line: region.startLine + linesBefore.length - 1, column: (linesBefore.at(-1) ?? "").length + 1 };
}
