import type { ScalarStyle } from "../scanner/index.ts";

/** What all nodes have: their place without anchor and tag, and these. */
interface Properties {
  readonly start: number;
  end: number;
  readonly anchor: string | undefined;
  /** In full (`tag:yaml.org,2002:int`); `!` and those of one exclamation mark as they are. */
  readonly tag: string | undefined;
}

export interface YamlAlias {
  readonly kind: "alias";
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** What the last anchor of that name before it marks. */
  readonly target: AnchoredNode;
}

/** What may have an anchor. */
export type AnchoredNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar extends Properties {
  readonly kind: "scalar";
  readonly style: ScalarStyle;
  readonly text: string;
}

export interface YamlList extends Properties {
  readonly kind: "list";
  readonly items: YamlNode[];
}

export interface YamlMap extends Properties {
  readonly kind: "map";
  readonly entries: YamlEntry[];
}

/** A node of a document; `undefined` is an omitted value. */
export type YamlNode = YamlAlias | YamlScalar | YamlList | YamlMap | undefined;

/** A key and its value in a mapping. */
export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}
