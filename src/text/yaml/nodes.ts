import { NumberText } from "../../field/index.ts";
import type { TextRange } from "../document/index.ts";
import type { YamlNode, YamlScalar } from "./parser/index.ts";
import { floatKey, integerKey, resolvePlain, type ScalarType } from "./scalars.ts";

const TAG_PREFIX = "tag:yaml.org,2002:";

/** The short name of a YAML tag (`int` for `!!int`); a custom tag as it is. */
export function shortTag(node: { readonly tag: string | undefined }): string | undefined {
  return node.tag?.startsWith(TAG_PREFIX) === true ? node.tag.slice(TAG_PREFIX.length) : node.tag;
}

/** Whether the scalar has neither quotes nor a tag. */
export function isPlainScalar(scalar: YamlScalar): boolean {
  return scalar.style === "plain" && scalar.tag === undefined;
}

/** Whether the key is the merge key: `<<` without quotes, or anything with its tag. */
export function isMergeKey(key: YamlNode): boolean {
  if (key?.kind !== "scalar" || key.text !== "<<") return false;
  return isPlainScalar(key) || shortTag(key) === "merge" || shortTag(key) === "!";
}

/** The tags whose scalars are resolved like plain ones; all others (and `!`) make text. */
const TYPED = new Set(["bool", "int", "float", "null", "timestamp"]);
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/;

/** The value of a scalar, or the tag that does not fit its text. */
export type ScalarValue =
  { readonly type: ScalarType; readonly value: unknown } | { readonly type: "mismatch"; readonly tag: string };

/** The value of a scalar, according to its quotes and tag. */
export function scalarValue(scalar: YamlScalar): ScalarValue {
  const { text } = scalar;
  const tag = shortTag(scalar);
  if (tag === undefined) return scalar.style === "plain" ? resolvePlain(text) : { type: "str", value: text };
  if (tag === "binary") return binary(text);
  if (!TYPED.has(tag)) return { type: "str", value: text };
  if (tag === "timestamp") return TIMESTAMP.test(text) ? { type: "str", value: text } : { type: "mismatch", tag };
  const resolved = resolvePlain(text);
  const fits = resolved.type === tag || (tag === "float" && resolved.type === "int");
  return fits ? resolved : { type: "mismatch", tag };
}

/** Bytes that are no UTF-8 become replacement characters. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function binary(text: string): ScalarValue {
  const packed = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)) {
    return { type: "mismatch", tag: "binary" };
  }
  return { type: "str", value: UTF8.decode(Uint8Array.from(atob(packed), (unit) => unit.charCodeAt(0))) };
}

/** What a key is in JSON: its name (`on` becomes "true"), and the type that go-yaml tells keys apart by. */
export interface ResolvedKey {
  readonly name: string;
  readonly type: ScalarType;
}

/** What a key is in JSON; undefined for one that cannot become a name. */
export function resolvedKey(key: YamlNode): ResolvedKey | undefined {
  if (key?.kind !== "scalar") return undefined;
  const resolved = scalarValue(key);
  if (resolved.type === "mismatch" || resolved.type === "null") return undefined;
  const { value, type } = resolved;
  if (typeof value === "string") return { name: value, type };
  if (typeof value === "boolean") return { name: String(value), type };
  const name = type === "float" ? floatKey(key.text) : integerKey(value);
  return name === undefined ? undefined : { name, type };
}

/** Numbers in base 60: YAML 1.1 has them, go-yaml does not. */
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether the value of a plain scalar is not what it looks like to a reader who does not know YAML 1.1. */
export function isMisleading(scalar: YamlScalar, value: unknown): boolean {
  if (!isPlainScalar(scalar) || value === null) return false;
  const { text } = scalar;
  if (typeof value === "string") return SEXAGESIMAL.test(text);
  return text !== (value instanceof NumberText ? value.text : JSON.stringify(value));
}

/** The location of a node, without the white space and comments after it. */
export function rangeOf(node: YamlNode): TextRange {
  return { start: node?.start ?? 0, end: node?.end ?? 0 };
}
