import type { Alias, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isAlias, isMap, isScalar } from "yaml";
import { type JsonObject, setOwnProperty } from "../../field/index.ts";
import { type KeyPath, type MisleadingScalar, TextError } from "../document/index.ts";
import {
  type AliasTargets,
  entry,
  isMergeKey,
  isMisleading,
  isPlainScalar,
  itemsOf,
  keyName,
  rangeOf,
  scalarValue,
  shortTag,
  textOf,
  type YamlNode,
} from "./nodes.ts";

/** A repeated key; `at` is the offset of its value, whose line the API server reports. */
export interface RepeatedKey {
  readonly keys: KeyPath;
  readonly name: string;
  readonly at: number;
}

/**
 * Converts the tree of one document to JSON values, like go-yaml v2 and the API server's conversion to JSON: keys become
 * text, of duplicate keys each is read and the last one wins, merge keys are merged in place.
 */
export class YamlValues {
  readonly targets: AliasTargets = new Map();
  readonly repeated: RepeatedKey[] = [];
  readonly words: MisleadingScalar[] = [];
  /** The keys of the mappings that are merged through aliases. */
  readonly merged = new Set<YamlNode>();
  readonly #anchors = new Map<string, Exclude<YamlNode, undefined>>();
  readonly #open = new Set<YamlNode>();
  readonly #trail: (string | number)[] = [];
  #visited = 0;
  #visitedByAlias = 0;
  #aliasDepth = 0;

  /** @throws {TextError} for values that JSON cannot represent, and for unknown, recursive or too many aliases. */
  value(node: YamlNode): unknown {
    if (node === undefined) return null;
    this.#count(node);
    if (isAlias(node)) return this.#alias(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return this.#scalar(node);
    return isMap(node) ? this.#map(node, {}) : this.#list(node);
  }

  #scalar(scalar: Scalar): unknown {
    const resolved = scalarValue(scalar);
    if (resolved.type === "mismatch") {
      const message = `\`${textOf(scalar)}\` is no value for its tag !!${resolved.tag}`;
      throw new TextError("bad-tag", rangeOf(scalar), message);
    }
    if (typeof resolved.value === "number" && !Number.isFinite(resolved.value)) {
      const message = `\`${textOf(scalar)}\` is a number that JSON does not have; put it in quotes if it is meant as text`;
      throw new TextError("bad-number", rangeOf(scalar), message);
    }
    if (isMisleading(scalar, resolved.value)) this.#word("value", scalar, resolved.value);
    return resolved.value;
  }

  #word(what: "key" | "value", scalar: Scalar, value: unknown): void {
    this.words.push({ keys: [...this.#trail], what, text: textOf(scalar), value });
  }

  #list(list: YAMLSeq): unknown[] {
    return itemsOf(list).map((item, index) => {
      this.#trail.push(index);
      const value = this.value(item);
      this.#trail.pop();
      return value;
    });
  }

  #map(map: YAMLMap, into: JsonObject, named = new Set<string>()): JsonObject {
    for (const pair of map.items) {
      const { key, value } = entry(pair);
      if (isMergeKey(key)) this.#merge(value, into, named, map);
      else this.#entry(pair, into, named);
    }
    return into;
  }

  #entry(pair: Pair, into: JsonObject, named: Set<string>): void {
    const { key, value } = entry(pair);
    const name = this.#key(key);
    this.#trail.push(name);
    if (isScalar(key) && isPlainScalar(key) && name !== textOf(key)) this.#word("key", key, name);
    // To go-yaml 1 and "1" are two keys, although both become the same name later.
    const identity = isScalar(key) ? `${typeof scalarType(key)} ${scalarType(key)} ${name}` : name;
    if (named.has(identity)) {
      this.repeated.push({ keys: [...this.#trail], name, at: rangeOf(value ?? key).start });
    }
    named.add(identity);
    setOwnProperty(into, name, this.value(value));
    this.#trail.pop();
  }

  #key(node: YamlNode): string {
    const key = isAlias(node) ? this.#target(node) : node;
    if (key?.anchor !== undefined) this.#anchors.set(key.anchor, key);
    this.#count(key);
    const name = keyName(key);
    if (name !== undefined) return name;
    const found = isScalar(key)
      ? (keyText(key) ?? "null")
      : key === undefined
        ? "null"
        : isMap(key)
          ? "a mapping"
          : "a list";
    throw new TextError("bad-key", rangeOf(node), `a key must be text, but this one is ${found}; put it in quotes`);
  }

  #merge(value: YamlNode, into: JsonObject, named: Set<string>, map: YAMLMap): void {
    const wrong = () => {
      const range = rangeOf(value ?? map);
      return new TextError("bad-merge", range, "a merge (`<<`) takes a mapping, or a list of mappings");
    };
    if (value === undefined || isScalar(value)) throw wrong();
    // In a list the earlier mappings win, so they are merged last.
    const sources = isAlias(value) || isMap(value) ? [value] : itemsOf(value).reverse();
    for (const source of sources) {
      const target = isAlias(source) ? this.#target(source) : source;
      if (!isMap(target)) throw wrong();
      this.#count(source);
      if (isAlias(source)) {
        for (const pair of target.items) this.merged.add(entry(pair).key);
        this.#within(source, target, () => this.#map(target, into, named));
      } else {
        if (target.anchor !== undefined) this.#anchors.set(target.anchor, target);
        this.#map(target, into, named);
      }
    }
  }

  #alias(alias: Alias): unknown {
    const target = this.#target(alias);
    return this.#within(alias, target, () => this.value(target));
  }

  #within<Result>(alias: Alias, target: YamlNode, read: () => Result): Result {
    if (this.#open.has(target)) {
      const message = `the value of the anchor \`&${alias.source}\` contains itself`;
      throw new TextError("anchor-in-itself", rangeOf(alias), message);
    }
    this.#open.add(target);
    this.#aliasDepth++;
    const result = read();
    this.#aliasDepth--;
    this.#open.delete(target);
    return result;
  }

  #target(alias: Alias): Exclude<YamlNode, undefined> {
    const target = this.targets.get(alias) ?? this.#anchors.get(alias.source);
    if (target === undefined) {
      const message = `the alias \`*${alias.source}\` has no anchor \`&${alias.source}\` before it`;
      throw new TextError("unknown-anchor", rangeOf(alias), message);
    }
    this.targets.set(alias, target);
    return target;
  }

  /** Enforces the API server's limit: 99% of a small document may come from aliases, but only a tenth of a large one. */
  #count(node: YamlNode): void {
    this.#visited++;
    if (this.#aliasDepth > 0) this.#visitedByAlias++;
    if (this.#visitedByAlias <= 100 || this.#visited <= 1000) return;
    if (this.#visitedByAlias / this.#visited <= allowedAliasShare(this.#visited)) return;
    const message = "aliases repeat so much of this document that the API server refuses it; write the values out";
    throw new TextError("too-many-aliases", rangeOf(node), message);
  }
}

const SMALL_DOCUMENT = 400_000;
const LARGE_DOCUMENT = 4_000_000;

function allowedAliasShare(visited: number): number {
  if (visited <= SMALL_DOCUMENT) return 0.99;
  if (visited >= LARGE_DOCUMENT) return 0.1;
  return 0.99 - (0.89 * (visited - SMALL_DOCUMENT)) / (LARGE_DOCUMENT - SMALL_DOCUMENT);
}

function scalarType(key: Scalar): string {
  return scalarValue(key).type;
}

function keyText(key: Scalar): string | undefined {
  const tag = shortTag(key);
  return tag === undefined ? `\`${textOf(key)}\`` : `\`!!${tag} ${textOf(key)}\``;
}
