import { skipSpace } from "../../field/index.ts";
import type { TextRange } from "../document/index.ts";

/** What kubectl reads as one document; with a separator that it does not take, the range of that line. */
export interface Chunk extends TextRange {
  readonly badSeparator?: TextRange;
}

/**
 * Splits a text as kubectl does before it reads any of it: at lines that start with `---`. Whether such a line is within
 * quotes or a block of text does not matter. Nothing but a comment may follow on the line.
 * (YAMLReader of k8s.io/apimachinery, pkg/util/yaml/decoder.go)
 */
export function* chunks(text: string, from: number): Generator<Chunk> {
  let start = from;
  let bad: TextRange | undefined;
  for (let line = from; line < text.length;) {
    const found = nextSeparator(text, line);
    if (found === undefined) break;
    const { end, isBad, next } = found;
    if (isBad) bad ??= { start: found.start, end };
    // Before the first document, the line is part of it.
    else if (found.start > start) {
      yield { start, end: found.start, ...(bad && { badSeparator: bad }) };
      start = next;
      bad = undefined;
    }
    line = next;
  }
  if (start < text.length) yield { start, end: text.length, ...(bad && { badSeparator: bad }) };
}

interface Separator extends TextRange {
  readonly isBad: boolean;
  /** The start of the next line. */
  readonly next: number;
}

function nextSeparator(text: string, from: number): Separator | undefined {
  let start = from;
  if (!text.startsWith("---", from)) {
    const before = text.indexOf("\n---", from);
    if (before < 0) return undefined;
    start = before + 1;
  }
  const lineFeed = text.indexOf("\n", start);
  const end = lineFeed < 0 ? text.length : lineFeed;
  const after = skipSpace(text, start + 3);
  const isBad = after < end && text[after] !== "#";
  return { start, end, isBad, next: lineFeed < 0 ? text.length : lineFeed + 1 };
}
