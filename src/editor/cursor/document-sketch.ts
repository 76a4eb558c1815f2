import { BlockReader } from "./block-reader.ts";
import { lineStart } from "./scanner.ts";
import type { DocumentSketch } from "./sketch.ts";

/** The outline of the document that the offset is in; a document starts behind the line that separates it. */
export function documentAt(text: string, offset: number): DocumentSketch {
  const start = documentStart(text, offset);
  const end = documentEnd(text, Math.max(start, offset));
  const roots = new BlockReader(text, start, end).read();
  // JSON documents need no separator.
  const index = Math.max(
    0,
    roots.findLastIndex((root) => root.start <= offset),
  );
  const root = roots[index];
  const isAlone = roots.length < 2 || root === undefined;
  return { root, start: isAlone || index === 0 ? start : root.start, end: roots[index + 1]?.start ?? end };
}

/** Whether the offset is on a line that separates documents. */
export function isOnSeparator(text: string, offset: number): boolean {
  return text.startsWith("---", lineStart(text, offset));
}

function documentStart(text: string, offset: number): number {
  for (let line = lineStart(text, offset); line > 0; line = lineStart(text, line - 1)) {
    if (text.startsWith("---", line)) return nextLine(text, line);
  }
  return /^\ufeff?---/.test(text) ? nextLine(text, 0) : 0;
}

function documentEnd(text: string, offset: number): number {
  const found = text.indexOf("\n---", Math.max(0, offset - 1));
  return found < 0 ? text.length : found + 1;
}

function nextLine(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found < 0 ? text.length : found + 1;
}
