import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { fileErrorReason, isObject, SYSTEM_MESSAGES } from "../../field/index.ts";
import { ConfigError } from "../../usage/index.ts";
import type { Layer } from "./layer.ts";

/**
 * The settings in a YAML file.
 * @throws ConfigError if it cannot be read or is not a YAML mapping.
 */
export function fileLayer(file: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    throw new ConfigError(document.errors.map(({ pos, message }) => `${lineAt(pos[0])}: not valid YAML: ${message}`));
  }
  const values: unknown = document.toJS() ?? {};
  if (!isObject(values)) throw new ConfigError([`${file}:1: must be a mapping of settings`]);
  return { values, originOf: (keys) => lineAt(offsetOf(document, keys)) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError([`${file}: cannot be read: ${fileErrorReason(error, SYSTEM_MESSAGES)}`]);
  }
}

/** The line of the deepest key that the document has on this path: the key in a mapping, or the item of a list. */
function offsetOf(document: Document, keys: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isSeq(node)) {
      const item: unknown = node.items[Number(key)];
      if (isNode(item)) offset = item.range?.[0] ?? offset;
      node = item;
      continue;
    }
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair === undefined) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}
