import type { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from "yaml";
import { NumberText } from "../../field/index.ts";
import type { TextRange } from "../document/index.ts";
import { floatKey, integerKey, resolvePlain, type ScalarType } from "./scalars.ts";

/** A node as the composer makes it; `undefined` is an omitted value. */
export type YamlNode = Alias | Scalar | YAMLMap | YAMLSeq | undefined;

/** The node that each alias refers to. Kept per alias, because an anchor may be redefined in the text. */
export type AliasTargets = Map<Alias, Exclude<YamlNode, undefined>>;

/** A key and its value in a mapping. */
export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

const TAG_PREFIX = "tag:yaml.org,2002:";

/** The value as a node, if it is one: the library's types for its trees are loose. */
export function asNode(value: unknown): YamlNode {
  return isNode(value) && (isAlias(value) || isScalar(value) || isMap(value) || isSeq(value)) ? value : undefined;
}

/** The entries of a mapping. */
export function entry(pair: Pair): YamlEntry {
  return { key: asNode(pair.key), value: asNode(pair.value) };
}

/** The items of a list; the composer has already made a mapping of a single pair in a list (`[a: 1]`). */
export function itemsOf(list: YAMLSeq): YamlNode[] {
  return list.items.map((item) => (isPair(item) ? undefined : asNode(item)));
}

/** The text of a scalar, with quotes and escapes resolved. */
export function textOf(scalar: Scalar): string {
  return typeof scalar.value === "string" ? scalar.value : "";
}

/** The short name of a YAML tag (`int` for `!!int`); a custom tag as it is. */
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

/** The tags whose scalars are resolved like plain ones; all others (and `!`) make text. */
const TYPED = new Set(["bool", "int", "float", "null", "timestamp"]);
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/;

/** The value of a scalar, or the tag that does not fit its text. */
export type ScalarValue =
  { readonly type: ScalarType; readonly value: unknown } | { readonly type: "mismatch"; readonly tag: string };

/** The value of a scalar, according to its quotes and tag. */
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

/** Numbers in base 60: YAML 1.1 has them, go-yaml does not. */
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether the value of a plain scalar is not what it looks like to a reader who does not know YAML 1.1. */
export function isMisleading(scalar: Scalar, value: unknown): boolean {
  if (!isPlainScalar(scalar) || value === null) return false;
  const text = textOf(scalar);
  if (typeof value === "string") return SEXAGESIMAL.test(text);
  return text !== (value instanceof NumberText ? value.text : JSON.stringify(value));
}

/** The location of a node, without the white space and comments after it. */
export function rangeOf(node: YamlNode): TextRange {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}
