/** How a scalar is written. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

interface Positioned {
  readonly start: number;
  readonly end: number;
}

/** The tokens that carry nothing but their position. */
export type MarkType =
  | "stream-end"
  | "document-start"
  | "document-end"
  | "block-list-start"
  | "block-map-start"
  | "block-end"
  | "flow-list-start"
  | "flow-list-end"
  | "flow-map-start"
  | "flow-map-end"
  | "flow-entry"
  | "block-entry"
  | "key"
  | "value";

export interface MarkToken extends Positioned {
  readonly type: MarkType;
}

export interface ScalarToken extends Positioned {
  readonly type: "scalar";
  readonly style: ScalarStyle;
  readonly value: string;
}

export interface NameToken extends Positioned {
  readonly type: "anchor" | "alias";
  readonly name: string;
}

/** A tag; without a handle, the suffix is all of it. */
export interface TagToken extends Positioned {
  readonly type: "tag";
  readonly handle: string;
  readonly suffix: string;
}

export interface VersionToken extends Positioned {
  readonly type: "version-directive";
  readonly version: string;
}

export interface TagDirectiveToken extends Positioned {
  readonly type: "tag-directive";
  readonly handle: string;
  readonly prefix: string;
}

/** What the scanner makes of a text, and the parser reads. */
export type Token = MarkToken | ScalarToken | NameToken | TagToken | VersionToken | TagDirectiveToken;
