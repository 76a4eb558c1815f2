import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from "yaml";
import { NumberText } from "../field/json.ts";
import type { ScalarType } from "./scalar.ts";
import { floatKey, integerKey, resolvePlain } from "./scalar.ts";
import type { TextRange } from "./types.ts";

/** A node as the composer makes it; `undefined` stands for a value that is left out. */
export type YamlNode = Alias | Scalar | YAMLMap | YAMLSeq | undefined;

/** Which node each alias stands for, in the order of the text: an anchor may be given anew. */
export type Targets = Map<Alias, Exclude<YamlNode, undefined>>;

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

const TAG_PREFIX = "tag:yaml.org,2002:";

/** The node, if it is one: the library types its trees loosely. */
export function asNode(value: unknown): YamlNode {
  return isNode(value) && (isAlias(value) || isScalar(value) || isMap(value) || isSeq(value)) ? value : undefined;
}

/** The entries of a mapping. */
export function entry(pair: Pair): YamlEntry {
  return { key: asNode(pair.key), value: asNode(pair.value) };
}

/** The items of a list; a pair that stands alone in a list (`[a: 1]`) is a mapping by then. */
export function itemsOf(list: YAMLSeq): YamlNode[] {
  return list.items.map((item) => (isPair(item) ? undefined : asNode(item)));
}

/** A scalar's own text, quotes and escapes read. */
export function textOf(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : "";
}

/** The short name of a YAML tag (`int` for `!!int`); the tag itself for one of somebody's own. */
export function shortTag(node: Node): string | undefined {
  return node.tag?.startsWith(TAG_PREFIX) === true ? node.tag.slice(TAG_PREFIX.length) : node.tag;
}

/** Whether the scalar has neither quotes nor a tag. */
export function isPlainScalar(scalar: Scalar): boolean {
  return scalar.type === "PLAIN" && scalar.tag === undefined;
}

/** Whether the key is the merge key: `<<` without quotes, or anything with its tag. */
export function isMergeKey(key: YamlNode): boolean {
  if (!isScalar(key) || key.value !== "<<") return false;
  return isPlainScalar(key) || shortTag(key) === "merge" || shortTag(key) === "!";
}

/** Tags whose scalars are looked at like plain ones; all others (and `!`) make text. */
const TYPED = new Set(["bool", "int", "float", "null", "timestamp"]);
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/;

export type ScalarValue =
  { readonly type: ScalarType; readonly value: unknown } | { readonly type: "mismatch"; readonly tag: string };

/** What a scalar stands for, quotes and tags considered. */
export function scalarValue(scalar: Scalar): ScalarValue {
  const text = textOf(scalar);
  const tag = shortTag(scalar);
  if (tag === undefined) return scalar.type === "PLAIN" ? resolvePlain(text) : { type: "str", value: text };
  if (tag === "binary") return binary(text);
  if (!TYPED.has(tag)) return { type: "str", value: text };
  if (tag === "timestamp") return TIMESTAMP.test(text) ? { type: "str", value: text } : { type: "mismatch", tag };
  const resolved = resolvePlain(text);
  const fits = resolved.type === tag || (tag === "float" && resolved.type === "int");
  return fits ? resolved : { type: "mismatch", tag };
}

function binary(text: string): ScalarValue {
  const packed = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) {
    return { type: "mismatch", tag: "binary" };
  }
  return { type: "str", value: Buffer.from(packed, "base64").toString("utf8") };
}

/** The name that a key gets in JSON (`on` becomes "true"); undefined for one that cannot become a name. */
export function keyName(key: YamlNode): string | undefined {
  if (!isScalar(key)) return undefined;
  const resolved = scalarValue(key);
  if (resolved.type === "mismatch" || resolved.type === "null") return undefined;
  const { value } = resolved;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return resolved.type === "float" ? floatKey(textOf(key)) : integerKey(value);
}

/** What numbers to the base of 60 look like: YAML 1.1 has them, go-yaml does not. */
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether a plain scalar stands for something else than what it looks like to somebody who does not know YAML 1.1. */
export function isSurprising(scalar: Scalar, value: unknown): boolean {
  if (!isPlainScalar(scalar) || value === null) return false;
  const text = textOf(scalar);
  if (typeof value === "string") return SEXAGESIMAL.test(text);
  return text !== (value instanceof NumberText ? value.text : JSON.stringify(value));
}

/** Where a node stands, without what follows it. */
export function rangeOf(node: YamlNode): TextRange {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}
