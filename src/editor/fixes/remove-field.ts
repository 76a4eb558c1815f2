import type { Edit } from "../../examine/edits/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import { bracesOf, fieldsOf, lineAt, type WrittenField } from "./layout.ts";
import type { Place } from "./place.ts";

/** The edit that removes a field with its value; undefined if the text does not tell where both end. */
export function removeField(keys: KeyPath, place: Place): Edit | undefined {
  const fields = fieldsOf(keys.slice(0, -1), place);
  const index = fields.findIndex(({ name }) => name === keys.at(-1));
  const own = fields[index];
  if (own === undefined) return undefined;
  const { text } = place;
  const [previous, next] = [fields[index - 1], fields[index + 1]];
  const range =
    bracesOf(keys.slice(0, -1), place) === undefined ? blockRange(own, next, text) : flowRange(previous, own, next);
  return range && { ...range, before: text.slice(range.start, range.end), after: "" };
}

/** A field in braces, with the comma behind it or before it. */
function flowRange(previous: WrittenField | undefined, own: WrittenField, next: WrittenField | undefined): TextRange {
  if (next !== undefined) return { start: own.key.start, end: next.key.start };
  return { start: previous?.value.end ?? own.key.start, end: own.value.end };
}

function blockRange(own: WrittenField, next: WrittenField | undefined, text: string): TextRange | undefined {
  const line = lineAt(own.key.start, text);
  const hasItsLines = /^\s*$/.test(text.slice(line.start, own.key.start));
  if (hasItsLines) return { start: line.start, end: behindLine(Math.max(own.key.end, own.value.end), text) };
  // Behind a dash, the next field takes its place.
  return next && { start: own.key.start, end: next.key.start };
}

/** The start of the line behind the last one that says something: comments behind a block are about what follows. */
function behindLine(end: number, text: string): number {
  let line = lineAt(Math.max(0, end - 1), text);
  while (line.start > 0 && /^\s*(?:#.*)?$/.test(text.slice(line.start, line.end))) line = lineAt(line.start - 1, text);
  const lineFeed = text.indexOf("\n", line.end);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}
