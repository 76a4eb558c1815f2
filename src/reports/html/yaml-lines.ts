import { isObject, type JsonObject } from "../../field/index.ts";
import type { KeyPath } from "../../text/document/index.ts";

/** One line of an object written as YAML. */
export interface YamlLine {
  /** The path of the field or item on the line. */
  readonly keys: KeyPath;
  /** The line before its value: indentation, dashes and field name. */
  readonly label: string;
  /** The value on the line; undefined if it follows on lines of its own. */
  readonly value: string | undefined;
}

/** Plain scalars that YAML 1.1 does not read as text. A text with two dots is not a number. */
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+.\d][^.]*\.?[^.]*)$/i;
const PLAIN = /^[A-Za-z0-9_/.][\w/.-]*(?::[\w/.-]+)*$/;

/**
 * The value as lines of YAML. Fields of `like` (the manifest) come first, in its order, so that the two can be read
 * side by side.
 */
export function yamlLines(value: unknown, like: unknown, keys: KeyPath = [], indent = ""): YamlLine[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => itemLines(item, likeItem(like, index), [...keys, index], indent));
  if (!isObject(value)) return [];
  return namesInOrder(value, like).flatMap((name) => {
    const child = value[name];
    const path = [...keys, name];
    const label = `${indent}${scalar(name)}:`;
    if (!hasLines(child)) return [{ keys: path, label: `${label} `, value: scalar(child) }];
    const likeChild = isObject(like) ? like[name] : undefined;
    return [{ keys: path, label, value: undefined }, ...yamlLines(child, likeChild, path, `${indent}  `)];
  });
}

function itemLines(item: unknown, like: unknown, keys: KeyPath, indent: string): YamlLine[] {
  if (!hasLines(item)) return [{ keys, label: `${indent}- `, value: scalar(item) }];
  const [first, ...rest] = yamlLines(item, like, keys, `${indent}  `);
  if (first === undefined) return rest;
  return [{ ...first, label: `${indent}- ${first.label.slice(indent.length + 2)}` }, ...rest];
}

function namesInOrder(value: JsonObject, like: unknown): string[] {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (!isObject(like)) return names;
  const all = new Set(names);
  const known = new Set(Object.keys(like).filter((name) => all.has(name)));
  return [...known, ...names.filter((name) => !known.has(name))];
}

function likeItem(like: unknown, index: number): unknown {
  return Array.isArray(like) ? like[index] : undefined;
}

function hasLines(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value) && !NOT_TEXT.test(value)) return value;
  return JSON.stringify(value);
}
