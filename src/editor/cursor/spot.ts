import type { KeyPath, TextRange } from "../../text/document/index.ts";
import type { SketchEntry, SketchNode, SketchScalar } from "./sketch.ts";

/** What is at an offset of a document. */
export type Spot = KeySpot | ValueSpot | OpenSpot;

/** A key: whole, or the start of one. */
export interface KeySpot extends TextRange {
  readonly is: "key";
  /** The path of the key itself. */
  readonly keys: KeyPath;
  readonly entry: SketchEntry;
  readonly isFlow: boolean;
}

/** The place of a value, behind a colon or a dash or in a flow list; empty if there is none yet. */
export interface ValueSpot extends TextRange {
  readonly is: "value";
  readonly keys: KeyPath;
  readonly scalar: SketchScalar | undefined;
  readonly isFlow: boolean;
  /** Whether the value is on a line of its own: it may become a key. */
  readonly isAlone: boolean;
}

/** A place where nothing is, and where a key of a map or an item of a list may be written. */
export interface OpenSpot extends TextRange {
  readonly is: "open";
  /** The path of the map or list. */
  readonly keys: KeyPath;
  readonly isFlow: boolean;
  /** The map or list, if it has begun. */
  readonly node: SketchNode | undefined;
  /** What may be written here: in a map, that is a key. */
  readonly takes: "key" | "item" | "any";
  /** How many blanks are missing before it. */
  readonly padding: number;
}
