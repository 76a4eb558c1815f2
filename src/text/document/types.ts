import type { Path } from "../../field/index.ts";

/** A region of a text: lines and columns start at 1, columns count UTF-16 units, the end column is exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A region of a text as offsets in UTF-16 units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The steps that lead to a value: names of keys and positions in lists. */
export type KeyPath = readonly (string | number)[];

/** Why a document cannot be read. */
export type ProblemCode =
  /** The text is not valid YAML or JSON. */
  | "syntax"
  /** A character that YAML does not allow anywhere: NUL, other control characters, a byte order mark inside the text. */
  | "control-character"
  /** A `%YAML` directive with a version other than 1.1. */
  | "yaml-version"
  /** An alias without an anchor. */
  | "unknown-anchor"
  /** An alias inside the value of its own anchor. */
  | "anchor-in-itself"
  /** Aliases expand to a larger share of the document than the API server allows. */
  | "too-many-aliases"
  /** A merge key (`<<`) whose value is neither a mapping nor a list of mappings. */
  | "bad-merge"
  /** A key that JSON cannot have: null, a list, a mapping. */
  | "bad-key"
  /** A number that JSON cannot have: infinite, or not a number. */
  | "bad-number"
  /** A tag (`!!int`) that does not fit the value. */
  | "bad-tag"
  /** Nested too deeply. */
  | "too-deep";

/** A problem with its location; the message says what was found and what would be right. */
export interface TextProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly region: Region;
  /** The position of the document in the text, from 0. */
  readonly document: number;
}

/**
 * A plain YAML scalar whose value is not what it looks like: `on` is the boolean true, `0120` is 80, `1:20` is text
 * (and not 80, as in the YAML 1.1 specification). For a key, `value` is the name that it becomes.
 */
export interface MisleadingScalar {
  readonly keys: KeyPath;
  readonly what: "key" | "value";
  readonly text: string;
  readonly value: unknown;
}

/** A key that occurs more than once in the text. */
export interface Duplicate {
  readonly path: Path;
  /** The earlier values, if the server decodes each of them: those of a JSON body. Of others, only the last one reaches it. */
  readonly earlier?: readonly unknown[];
  /** A merge key (`<<`) brought one of the two: kubectl sends the result of the merge, which has no duplicates. */
  readonly isMerged?: boolean;
}

/** One document of a text. */
export interface TextDocument {
  /** Its position among the documents of the text, from 0. */
  readonly index: number;
  readonly format: "yaml" | "json";
  /**
   * The document as JSON values. A number whose text is not a plain whole number, or that lies outside the safe
   * integers, is a `NumberText`. Undefined if the document cannot be read: then `problems` says why.
   */
  readonly value: unknown;
  /** The keys that occur more than once, as the API server counts them. The last occurrence is in `value`. */
  readonly duplicates: readonly Duplicate[];
  readonly problems: readonly TextProblem[];
  /** The scalars whose value is not what it looks like; none in JSON. */
  readonly misleadingScalars: readonly MisleadingScalar[];
  /** The location of the document in the text. */
  readonly range: TextRange;
  /** Whether the key is in a mapping that others merge (`<<: *anchor`): renaming it adds a new key to them as well. */
  isMerged(keys: KeyPath): boolean;
  /** The offsets of a key or a value; undefined if the text does not have it. */
  rangeOf(keys: KeyPath, what: "key" | "value"): TextRange | undefined;
  /** The lines and columns of a key or a value; undefined if the text does not have it. */
  locate(keys: KeyPath, what: "key" | "value"): Region | undefined;
}

/** The documents of a text. */
export interface TextContent {
  readonly documents: readonly TextDocument[];
  /** The problems of all documents. */
  readonly problems: readonly TextProblem[];
}

/**
 * `auto` is what kubectl makes of a file, whatever it is called: JSON if it starts with `{`, otherwise (or if that fails)
 * YAML. `yaml` and `json` are what the API server makes of a request's body, of which it reads the first document.
 */
export type TextFormat = "yaml" | "json" | "auto";
