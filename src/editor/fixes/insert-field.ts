import { isObject, valueAt } from "../../field/index.ts";
import type { Edit } from "../../examine/edits/index.ts";
import type { KeyPath, TextRange } from "../../text/document/index.ts";
import { lineBreakOf } from "../cursor/index.ts";
import { bracesOf, columnOf, fieldsOf, lineAt, stepOf, type WrittenField } from "./layout.ts";
import type { Place } from "./place.ts";

/** Fields behind which a new one is put, if they take one line: what names an object stands first. */
const BEHIND = ["namespace", "name", "kind", "apiVersion"];

/**
 * The edit that adds a field, in the style and indentation of the text, with the objects above it that are missing; undefined if
 * the text has something else there.
 * @param value what is written as its value
 */
export function insertField(keys: KeyPath, value: string, place: Place): Edit | undefined {
  const depth = keys.findIndex((_key, index) => valueAt(place.document.value, keys.slice(0, index + 1)) === undefined);
  if (depth === -1) return insertIntoEmpty(keys, value, place);
  const parent = keys.slice(0, depth);
  const names = keys.slice(depth).map(String);
  if (!isObject(valueAt(place.document.value, parent))) return insertIntoEmpty(keys, value, place);
  const braces = bracesOf(parent, place);
  const fields = fieldsOf(parent, place);
  if (braces === undefined) return intoBlock(names, value, fields, place);
  const isJson = isJsonStyle(braces, place.text);
  const entry = flowEntry(names, value, isJson);
  const [first] = fields;
  if (first === undefined) return inserted(braces.start + 1, isJson ? entry : ` ${entry} `, place.text, braces.end - 1);
  const line = lineAt(first.key.start, place.text);
  const indent = place.text.slice(line.start, first.key.start);
  const separator = /^\s*$/.test(indent) ? `${lineBreakOf(place.text)}${indent}` : " ";
  return inserted(first.key.start, `${entry},${separator}`, place.text);
}

/** Whether the keys in braces, or at the top of the text, are in double quotes. */
function isJsonStyle({ start, end }: TextRange, text: string): boolean {
  return /"\s*:/.test(text.slice(start, end)) || /^\ufeff?\s*\{\s*"/.test(text);
}

function flowEntry([name = "", ...rest]: readonly string[], value: string, isJson: boolean): string {
  const key = isJson ? JSON.stringify(name) : name;
  if (rest.length === 0) return `${key}: ${value}`;
  return `${key}: ${isJson ? "{" : "{ "}${flowEntry(rest, value, isJson)}${isJson ? "}" : " }"}`;
}

function intoBlock(
  names: readonly string[],
  value: string,
  fields: readonly WrittenField[],
  place: Place,
): Edit | undefined {
  const { text } = place;
  const [first] = fields;
  if (first === undefined) return undefined;
  const column = columnOf(first.key.start, text);
  const lines = blockLines(names, value, " ".repeat(column), stepOf(place));
  const newline = lineBreakOf(text);
  const behind = BEHIND.flatMap(
    (name) => fields.find((field) => field.name === name && takesOneLine(field, text)) ?? [],
  );
  const [anchor] = behind;
  if (anchor === undefined)
    return inserted(first.key.start, `${lines.join(newline).trimStart()}${newline}${" ".repeat(column)}`, text);
  return inserted(lineAt(anchor.value.end, text).end, lines.map((line) => `${newline}${line}`).join(""), text);
}

function blockLines(names: readonly string[], value: string, indent: string, step: string): string[] {
  return names.map((name, index) => {
    const key = `${indent}${step.repeat(index)}${name}:`;
    return index === names.length - 1 ? `${key} ${value}` : key;
  });
}

/** Whether nothing but a comment follows the value on the line of its key. */
function takesOneLine({ key, value }: WrittenField, text: string): boolean {
  const { end } = lineAt(key.start, text);
  return (
    value.end <= end && !/^[|>&*]/.test(text.slice(value.start)) && /^\s*(?:\s#.*)?$/.test(text.slice(value.end, end))
  );
}

/** What is behind a key with nothing under it: its colon, a written null, and a comment. */
const EMPTY = /^(["']?\s*:)(\s+(?:null|Null|NULL|~))?((?:\s+#.*)?)\s*$/;

/** Where a key has nothing under it, or null. */
function insertIntoEmpty(keys: KeyPath, value: string, place: Place): Edit | undefined {
  const { document, text } = place;
  const depth = keys.findIndex((_key, index) => valueAt(document.value, keys.slice(0, index + 1)) === null);
  if (depth === -1 || depth === keys.length - 1) return undefined;
  const [empty, names] = [keys.slice(0, depth + 1), keys.slice(depth + 1).map(String)];
  const key = document.rangeOf(empty, "key");
  if (key === undefined) return undefined;
  const braces = bracesOf(keys.slice(0, depth), place);
  if (braces !== undefined) return insteadOfNull(names, value, document.rangeOf(empty, "value"), braces, text);
  const line = lineAt(key.start, text);
  const [, colon, written, comment = ""] = EMPTY.exec(text.slice(key.end, line.end)) ?? [];
  if (colon === undefined) return undefined;
  const step = stepOf(place);
  const indent = " ".repeat(columnOf(key.start, text)) + step;
  const newline = lineBreakOf(text);
  const below = blockLines(names, value, indent, step).map((one) => `${newline}${one}`);
  if (written === undefined) return inserted(line.end, below.join(""), text);
  return inserted(key.end + colon.length, `${comment}${below.join("")}`, text, line.end);
}

function insteadOfNull(
  names: readonly string[],
  value: string,
  range: TextRange | undefined,
  braces: TextRange,
  text: string,
): Edit | undefined {
  if (range === undefined || !/^(?:null|Null|NULL|~)$/.test(text.slice(range.start, range.end))) return undefined;
  const isJson = isJsonStyle(braces, text);
  const entry = flowEntry(names, value, isJson);
  return inserted(range.start, isJson ? `{${entry}}` : `{ ${entry} }`, text, range.end);
}

function inserted(start: number, after: string, text: string, end = start): Edit {
  return { start, end, before: text.slice(start, end), after };
}
