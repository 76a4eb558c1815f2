import type { Path } from "../field/path.ts";

/** A stretch of a text: lines and columns from 1, columns in UTF-16 units, the end column is the one after the last. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A stretch of a text as offsets in UTF-16 units; `end` is the one after the last. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The steps that lead to a value: names of keys and positions in lists. */
export type Keys = readonly (string | number)[];

export type ProblemCode =
  /** The text breaks the rules of YAML or JSON. */
  | "syntax"
  /** A character that YAML does not allow anywhere: NUL, other control characters, a byte order mark in the middle. */
  | "control-character"
  /** A `%YAML` directive with another version than 1.1. */
  | "yaml-version"
  /** An alias without an anchor. */
  | "unknown-anchor"
  /** An alias inside of what it stands for. */
  | "anchor-in-itself"
  /** Aliases that multiply: more of the document comes from aliases than the API server lets pass. */
  | "too-many-aliases"
  /** A merge key (`<<`) with something else than a mapping or a list of mappings. */
  | "bad-merge"
  /** A key that JSON cannot have: null, a list, a mapping. */
  | "bad-key"
  /** A number that JSON cannot have: infinite, or not a number. */
  | "bad-number"
  /** A tag (`!!int`) that does not fit the value. */
  | "bad-tag"
  /** Nested deeper than can be read. */
  | "too-deep";

/** Why a document cannot be read: data, and a sentence that says what was found and what would be right. */
export interface TextProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly region: Region;
  /** Which document of the text it is about, from 0. */
  readonly document: number;
}

/**
 * A plain scalar of YAML that does not stand for what it looks like: `on` for the boolean true, `0120` for 80, `1:20`
 * for text (and not, as YAML 1.1 has it, for 80). For a key `value` is the name that it becomes.
 */
export interface Word {
  readonly keys: Keys;
  readonly what: "key" | "value";
  readonly text: string;
  readonly value: unknown;
}

/** A field that the text names more than once. */
export interface Duplicate {
  readonly path: Path;
  /** In JSON, what it was before it was named again: the server reads each of them. In YAML only the last one reaches it. */
  readonly earlier?: readonly unknown[];
}

/** One document of a text. */
export interface TextDocument {
  /** Its position among the documents of the text, from 0. */
  readonly index: number;
  readonly format: "yaml" | "json";
  /**
   * The document as JSON values. A number whose text is no plain whole number, or outside of the safe integers, is a
   * `NumberText`. Undefined if the document cannot be read: then `problems` says why.
   */
  readonly value: unknown;
  /** Fields that are named more than once, as the API server counts them. The last one is in `value`. */
  readonly duplicates: readonly Duplicate[];
  readonly problems: readonly TextProblem[];
  /** Scalars that do not stand for what they look like; none in JSON. */
  readonly words: readonly Word[];
  /** Where the document stands in the text. */
  readonly range: TextRange;
  /** Whether the key stands in a mapping that others merge (`<<: *anchor`): under a new name it is new in them as well. */
  isMerged(keys: Keys): boolean;
  /** Where a key or a value stands, as offsets; undefined where the text has no such place. */
  rangeOf(keys: Keys, what: "key" | "value"): TextRange | undefined;
  /** Where a key or a value stands, as lines and columns; undefined where the text has no such place. */
  locate(keys: Keys, what: "key" | "value"): Region | undefined;
}

/** What was read. */
export interface TextContent {
  readonly documents: readonly TextDocument[];
  /** The problems of all documents. */
  readonly problems: readonly TextProblem[];
}

/** `auto` reads as kubectl does: JSON if the text starts with `{`, else (or if that fails) YAML. */
export type TextFormat = "yaml" | "json" | "auto";
