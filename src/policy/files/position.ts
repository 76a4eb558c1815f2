import type { Path } from "../../field/index.ts";
import type { TextDocument } from "../../text/document/index.ts";
import type { Problem } from "../schema/index.ts";

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
 * cannot be told, because the document writes it in another way (with escapes, or in several lines that are joined).
 */
export function positionWithin(
  source: string,
  document: TextDocument,
  path: Path,
  { text, offset }: NonNullable<Problem["within"]>,
): Position {
  const region = document.locate(path.keys(), "value");
  if (region === undefined) return positionOf(document, path);
  const lines = source.split("\n");
  const first = lines[region.startLine - 1]?.slice(region.startColumn - 1) ?? "";
  const before = Array.from(text).slice(0, offset).join("");
  return /^[|>]/.test(first)
    ? (inBlock(lines, region.startLine, before) ?? positionOf(document, path))
    : inLine(region, first, text, before);
}

/** In a block scalar (`|`), each line of the text is a line of the source, after the indentation. */
function inBlock(lines: readonly string[], header: number, before: string): Position | undefined {
  const linesBefore = before.split("\n");
  const last = linesBefore.at(-1) ?? "";
  const indentation = /^ */.exec(lines[header] ?? "")?.[0].length ?? 0;
  const line = header + linesBefore.length;
  const isSame = lines[line - 1]?.startsWith(last, indentation) === true;
  return isSame ? { line, column: indentation + last.length + 1 } : undefined;
}

/** In one line, the text stands as it is, perhaps in quotes. */
function inLine(
  { startLine, startColumn }: { readonly startLine: number; readonly startColumn: number },
  first: string,
  text: string,
  before: string,
): Position {
  const quote = /^["']/.test(first) ? 1 : 0;
  const isSame = first.startsWith(text.split("\n")[0] ?? "", quote);
  return { line: startLine, column: startColumn + (isSame ? quote + before.length : 0) };
}
