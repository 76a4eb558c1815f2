import { isObject, valueAt } from "../../field/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import { lineStart } from "../cursor/index.ts";
import type { Place } from "./place.ts";

/** A field of an object, as it is written. */
export interface WrittenField {
  readonly name: string;
  readonly key: TextRange;
  readonly value: TextRange;
}

/** The fields of an object in the order of the text, without those that a merge brings. */
export function fieldsOf(keys: KeyPath, { document }: Pick<Place, "document">): readonly WrittenField[] {
  const object = valueAt(document.value, keys);
  const around = document.rangeOf(keys, "value");
  if (!isObject(object) || around === undefined) return [];
  return Object.keys(object)
    .flatMap((name): WrittenField[] => {
      const [key, value] = [document.rangeOf([...keys, name], "key"), document.rangeOf([...keys, name], "value")];
      if (key === undefined || value === undefined || key.start < around.start || key.end > around.end) return [];
      return [{ name, key, value }];
    })
    .sort((a, b) => a.key.start - b.key.start);
}

/** The range of an object in braces; undefined for one in block style. */
export function bracesOf(keys: KeyPath, { document, text }: Pick<Place, "document" | "text">): TextRange | undefined {
  const range = document.rangeOf(keys, "value");
  if (range === undefined) return undefined;
  // An anchor or a tag stands before the brace.
  const brace = /^(?:[&!]\S*\s+)*\{/.exec(text.slice(range.start, range.end));
  if (brace === null || !text.slice(range.start, range.end).endsWith("}")) return undefined;
  return { start: range.start + brace[0].length - 1, end: range.end };
}

/** The line of an offset, without its line break. */
export function lineAt(offset: number, text: string): TextRange {
  const start = lineStart(text, offset);
  const lineFeed = text.indexOf("\n", offset);
  const end = lineFeed === -1 ? text.length : lineFeed;
  return { start, end: end > start && text[end - 1] === "\r" ? end - 1 : end };
}

/** The spaces of one level of indentation: those of the first field of `metadata` or `spec`, or else two. */
export function stepOf({ document, root, text }: Place): string {
  for (const name of ["metadata", "spec"]) {
    const key = document.rangeOf([...root, name], "key");
    const [inner] = fieldsOf([...root, name], { document });
    if (key === undefined || inner === undefined || bracesOf([...root, name], { document, text }) !== undefined)
      continue;
    const more = columnOf(inner.key.start, text) - columnOf(key.start, text);
    if (more > 0) return " ".repeat(more);
  }
  return "  ";
}

/** How many characters stand before the offset on its line. */
export function columnOf(offset: number, text: string): number {
  return offset - lineStart(text, offset);
}
