import type { YAMLMap } from "yaml";
import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { KeyPath } from "../document/index.ts";
import {
  type AliasTargets,
  asNode,
  entry,
  isMergeKey,
  itemsOf,
  keyName,
  type YamlEntry,
  type YamlNode,
} from "./nodes.ts";

interface Numbered<Value> {
  readonly value: Value;
  /** The position in the mapping: the later one wins. */
  readonly position: number;
}

/** The own keys of a mapping by name (of duplicates, the last one), and its merges from the last to the first. */
interface MapIndex {
  readonly own: ReadonlyMap<string, Numbered<YamlEntry>>;
  readonly merges: readonly Numbered<YamlNode>[];
}

/** Finds the locations of keys and values in the tree of one document. Each mapping is indexed once, on first use. */
export class YamlLocations {
  readonly #root: YamlNode;
  readonly #targets: AliasTargets;
  readonly #indexes = new Map<YAMLMap, MapIndex>();

  constructor(root: YamlNode, targets: AliasTargets) {
    this.#root = root;
    this.#targets = targets;
  }

  /** The node that the keys lead to, with the node of the last key; of duplicate keys, the last one. */
  find(keys: KeyPath): YamlEntry | undefined {
    let found: YamlEntry | undefined = { key: undefined, value: this.#root };
    for (const key of keys) {
      const node: YamlNode = this.#resolve(found.value);
      if (typeof key === "string") found = this.#entryNamed(node, key);
      else if (isSeq(node) && key < node.items.length) found = { key: undefined, value: asNode(node.items[key]) };
      else found = undefined;
      if (found === undefined) return undefined;
    }
    return found;
  }

  #resolve(node: YamlNode): YamlNode {
    return isAlias(node) ? this.#targets.get(node) : node;
  }

  #entryNamed(node: YamlNode, name: string): YamlEntry | undefined {
    if (!isMap(node)) return undefined;
    const { own, merges } = this.#indexOf(node);
    const found = own.get(name);
    for (const { value, position } of merges) {
      if (found !== undefined && position < found.position) break;
      const merged = this.#entryMerged(value, name);
      if (merged !== undefined) return merged;
    }
    return found?.value;
  }

  #entryMerged(value: YamlNode, name: string): YamlEntry | undefined {
    const source = this.#resolve(value);
    if (isScalar(source)) return undefined;
    const sources = isSeq(source) ? itemsOf(source) : [source];
    for (const each of sources) {
      const found = this.#entryNamed(this.#resolve(each), name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #indexOf(map: YAMLMap): MapIndex {
    const known = this.#indexes.get(map);
    if (known !== undefined) return known;
    const own = new Map<string, Numbered<YamlEntry>>();
    const merges: Numbered<YamlNode>[] = [];
    for (const [position, pair] of map.items.entries()) {
      const value = entry(pair);
      const name = isMergeKey(value.key) ? undefined : keyName(this.#resolve(value.key));
      if (isMergeKey(value.key)) merges.push({ value: value.value, position });
      else if (name !== undefined) own.set(name, { value, position });
    }
    const index = { own, merges: merges.reverse() };
    this.#indexes.set(map, index);
    return index;
  }
}
