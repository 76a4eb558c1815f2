import type { TextRange } from "../../text/document/index.ts";

/**
 * The outline of a text: maps, lists and scalars with their places, read from lines and indentation. Unlike the parser,
 * it makes something of every text: it is for a text in which somebody is typing.
 */
export type SketchNode = SketchMap | SketchList | SketchScalar;

/** A scalar: a value or a key. */
export interface SketchScalar extends TextRange {
  readonly kind: "scalar";
  /** Its content: without quotes, with escapes resolved. */
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "block";
}

/** A map, in block or in flow style. */
export interface SketchMap extends TextRange {
  readonly kind: "map";
  readonly isFlow: boolean;
  /** The column of its keys, from 0; for flow style that of its brace. */
  readonly column: number;
  readonly entries: readonly SketchEntry[];
}

/** A key with its value. */
export interface SketchEntry {
  readonly key: SketchScalar;
  /** The offset behind the colon; undefined for a key that is still being typed. */
  readonly colon: number | undefined;
  readonly value: SketchNode | undefined;
  /** Where the entry ends; in flow style, before the comma. */
  readonly end: number;
}

/** A list, in block or in flow style. */
export interface SketchList extends TextRange {
  readonly kind: "list";
  readonly isFlow: boolean;
  /** The column of its dashes, from 0; for flow style that of its bracket. */
  readonly column: number;
  readonly items: readonly SketchItem[];
}

/** An item of a list. */
export interface SketchItem {
  /** The offset of the dash; of the item itself in flow style, or where the dash is still missing. */
  readonly start: number;
  /** The offset behind the dash; undefined without a dash. */
  readonly dash: number | undefined;
  readonly value: SketchNode | undefined;
  readonly end: number;
}

/** A document of the text, between separators. */
export interface DocumentSketch extends TextRange {
  readonly root: SketchNode | undefined;
}

/** The entry of a map with this name: of duplicates, the last one, as for the parser. */
export function entryNamed(node: SketchNode | undefined, name: string): SketchEntry | undefined {
  return node?.kind === "map" ? node.entries.findLast(({ key }) => key.text === name) : undefined;
}

/** The text of the scalar at a key of a map; undefined if it is none. */
export function scalarAt(node: SketchNode | undefined, name: string): string | undefined {
  const value = entryNamed(node, name)?.value;
  return value?.kind === "scalar" ? value.text : undefined;
}

/** The node that the keys lead to. */
export function nodeAt(root: SketchNode | undefined, keys: readonly (string | number)[]): SketchNode | undefined {
  let node = root;
  for (const key of keys) {
    if (typeof key === "string") node = entryNamed(node, key)?.value;
    else node = node?.kind === "list" ? node.items[key]?.value : undefined;
  }
  return node;
}
