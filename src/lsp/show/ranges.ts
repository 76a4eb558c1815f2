import type { Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { TextRange } from "../../text/document/index.ts";

/** The range in lines and UTF-16 units of a line, as the protocol has it. */
export function rangeOf(document: TextDocument, { start, end }: TextRange): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The range of the protocol as offsets. */
export function offsetsOf(document: TextDocument, { start, end }: Range): TextRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** Whether two ranges have a place in common; the end of the one may be the start of the other. */
export function touches(one: TextRange, other: TextRange): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** A text that is not open in the editor, for the places in it. */
export function closedDocument(uri: string, text: string): TextDocument {
  return TextDocument.create(uri, "yaml", 0, text);
}
