import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Keys } from "./types.ts";
import type { Targets, YamlEntry, YamlNode } from "./yaml-nodes.ts";
import { entry, isMergeKey, itemsOf, keyName } from "./yaml-nodes.ts";

/** The node that the keys lead to, and the node of the last key; of keys named twice the last one. */
export function findEntry(root: YamlNode, keys: Keys, targets: Targets): YamlEntry | undefined {
  let found: YamlEntry | undefined = { key: undefined, value: root };
  for (const key of keys) {
    const node: YamlNode = resolve(found.value, targets);
    if (typeof key === "number") found = isSeq(node) ? item(itemsOf(node), key) : undefined;
    else found = entryNamed(node, key, targets);
    if (found === undefined) return undefined;
  }
  return found;
}

function item(items: readonly YamlNode[], index: number): YamlEntry | undefined {
  return index < items.length ? { key: undefined, value: items[index] } : undefined;
}

function resolve(node: YamlNode, targets: Targets): YamlNode {
  return isAlias(node) ? targets.get(node) : node;
}

function entryNamed(node: YamlNode, name: string, targets: Targets): YamlEntry | undefined {
  if (!isMap(node)) return undefined;
  for (const pair of node.items.toReversed()) {
    const candidate = entry(pair);
    const found = isMergeKey(candidate.key)
      ? entryMerged(candidate.value, name, targets)
      : keyName(resolve(candidate.key, targets)) === name
        ? candidate
        : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function entryMerged(value: YamlNode, name: string, targets: Targets): YamlEntry | undefined {
  const source = resolve(value, targets);
  if (isScalar(source)) return undefined;
  const sources = isSeq(source) ? itemsOf(source) : [source];
  for (const each of sources) {
    const found = entryNamed(resolve(each, targets), name, targets);
    if (found !== undefined) return found;
  }
  return undefined;
}
