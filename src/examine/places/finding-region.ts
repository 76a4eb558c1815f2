import type { KeyPath, Lines, Region, TextDocument, TextRange } from "../../text/document/index.ts";

/** Whether a finding is about a field's key or its value. */
export type FindingTarget = "key" | "value";

/**
 * The region that a finding points at: the value, or the key if the finding is about that; where the text has neither,
 * the nearest key above.
 */
export function regionOf(document: TextDocument, lines: Lines, keys: KeyPath, about: FindingTarget): Region {
  return lines.region(rangeAt(document, lines, keys, about));
}

function rangeAt(document: TextDocument, lines: Lines, keys: KeyPath, about: FindingTarget): TextRange {
  const key = document.rangeOf(keys, "key");
  if (about === "key" && key !== undefined) return key;
  const value = document.rangeOf(keys, "value");
  if (value !== undefined && (key === undefined || !lines.spansLines(value))) return firstLine(value, lines, keys);
  return key ?? nearest(document, lines, keys);
}

function nearest(document: TextDocument, lines: Lines, keys: KeyPath): TextRange {
  for (let length = keys.length - 1; length >= 0; length--) {
    const ancestor = keys.slice(0, length);
    const key = document.rangeOf(ancestor, "key");
    if (key !== undefined) return key;
    const value = document.rangeOf(ancestor, "value");
    if (value !== undefined) return firstLine(value, lines, []);
  }
  return { start: document.range.start, end: document.range.start };
}

/** The first line of a list or mapping of several lines that has no key, such as a list item; else the whole range. */
function firstLine(range: TextRange, lines: Lines, keys: KeyPath): TextRange {
  const isText = keys.length > 0 && /^["'|>]/.test(lines.text.slice(range.start, range.start + 1));
  if (isText || !lines.spansLines(range)) return range;
  return { start: range.start, end: lines.lineEnd(range.start) };
}
