import type { KeyPath } from "../document/index.ts";
import { isMergeKey, resolvedKey } from "./nodes.ts";
import type { YamlEntry, YamlMap, YamlNode } from "./parser/index.ts";

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
  readonly #indexes = new Map<YamlMap, MapIndex>();

  constructor(root: YamlNode) {
    this.#root = root;
  }

  /** The node that the keys lead to, with the node of the last key; of duplicate keys, the last one. */
  find(keys: KeyPath): YamlEntry | undefined {
    let found: YamlEntry | undefined = { key: undefined, value: this.#root };
    for (const key of keys) {
      const node: YamlNode = resolve(found.value);
      if (typeof key === "string") found = this.#entryNamed(node, key);
      else if (node?.kind === "list" && key < node.items.length) found = { key: undefined, value: node.items[key] };
      else found = undefined;
      if (found === undefined) return undefined;
    }
    return found;
  }

  #entryNamed(node: YamlNode, name: string): YamlEntry | undefined {
    if (node?.kind !== "map") return undefined;
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
    const source = resolve(value);
    if (source?.kind === "scalar") return undefined;
    const sources = source?.kind === "list" ? source.items : [source];
    for (const each of sources) {
      const found = this.#entryNamed(resolve(each), name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #indexOf(map: YamlMap): MapIndex {
    const known = this.#indexes.get(map);
    if (known !== undefined) return known;
    const own = new Map<string, Numbered<YamlEntry>>();
    const merges: Numbered<YamlNode>[] = [];
    for (const [position, value] of map.entries.entries()) {
      const name = isMergeKey(value.key) ? undefined : resolvedKey(resolve(value.key))?.name;
      if (isMergeKey(value.key)) merges.push({ value: value.value, position });
      else if (name !== undefined) own.set(name, { value, position });
    }
    const index = { own, merges: merges.reverse() };
    this.#indexes.set(map, index);
    return index;
  }
}

function resolve(node: YamlNode): YamlNode {
  return node?.kind === "alias" ? node.target : node;
}
