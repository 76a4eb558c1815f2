import type { KeyPath } from "../../text/document/index.ts";
import { lineStart } from "./scanner.ts";
import type { SketchList, SketchMap, SketchNode, SketchScalar } from "./sketch.ts";
import type { OpenSpot } from "./spot.ts";

/** A map or list that may go on where the cursor is, or a key or dash that has no value yet. */
interface Candidate {
  readonly keys: KeyPath;
  /** The column of its entries; for what has no value yet, that of the key. */
  readonly column: number;
  readonly node: SketchMap | SketchList | undefined;
  /** Whether it is the value of a key, where a list may be in the key's own column. */
  readonly isEntry: boolean;
}

/** What may be written on an empty line, by the column of the offset: the innermost first. */
export function openSpots(text: string, root: SketchNode | undefined, offset: number): readonly OpenSpot[] {
  const column = offset - lineStart(text, offset);
  const spot = { is: "open", isFlow: false, padding: 0, start: offset, end: offset } as const;
  if (root === undefined) return [{ ...spot, keys: [], node: undefined, takes: "any" }];
  const chain = candidatesAt(root, offset);
  const around = chain[chain.findLastIndex(({ node }) => node !== undefined && node.end > offset)];
  // Whatever is further out would tear off what follows.
  const inner = around === undefined ? chain : chain.slice(chain.indexOf(around));
  const spots = inner.flatMap(({ keys, column: own, node, isEntry }): OpenSpot[] => {
    if (node !== undefined) return own === column ? [{ ...spot, keys, node, takes: taken(node) }] : [];
    if (column > own) return [{ ...spot, keys, node, takes: "any" }];
    return column === own && isEntry ? [{ ...spot, keys, node, takes: "item" }] : [];
  });
  if (spots.length > 0) return spots.reverse();
  // Before the columns of all that goes on here, the missing blanks are added.
  const isInside = around !== undefined && around.column > column;
  const deeper = isInside ? around : chain.find((one) => one.node !== undefined && one.column > column && column > 0);
  if (deeper?.node === undefined) return [];
  const { keys, node } = deeper;
  return [{ ...spot, keys, node, takes: taken(node), padding: deeper.column - column }];
}

function taken({ kind }: SketchMap | SketchList): "key" | "item" {
  return kind === "map" ? "key" : "item";
}

/** The maps and lists that are open at the offset, from the outermost to the innermost. */
function candidatesAt(root: SketchNode, offset: number): readonly Candidate[] {
  const chain: Candidate[] = [];
  let node: SketchNode | undefined = root;
  let keys: KeyPath = [];
  while (node !== undefined) {
    if (node.kind === "scalar") return isInScalar(node, offset) ? [] : chain;
    if (node.isFlow) return chain;
    const { column } = node;
    chain.push({ keys, column, node, isEntry: false });
    const isEntry: boolean = node.kind === "map";
    const step = stepAt(node, offset);
    if (step === undefined) return chain;
    keys = [...keys, step.key];
    if (step.value === undefined) chain.push({ keys, column, node: undefined, isEntry });
    node = step.value;
  }
  return chain;
}

/** Whether the offset is within a scalar of several lines. */
function isInScalar({ start, end, style }: SketchScalar, offset: number): boolean {
  return offset > start && (style === "block" ? offset <= end : offset < end);
}

interface Step {
  readonly key: string | number;
  readonly value: SketchNode | undefined;
}

/** The last entry or item before the offset. */
function stepAt(node: SketchMap | SketchList, offset: number): Step | undefined {
  if (node.kind === "list") {
    const index = node.items.findLastIndex(({ start }) => start < offset);
    const item = node.items[index];
    return item && { key: index, value: item.value };
  }
  const entry = node.entries.findLast(({ key }) => key.start < offset);
  return entry?.colon === undefined ? undefined : { key: entry.key.text, value: entry.value };
}
