import type { KeyPath } from "../../text/document/index.ts";
import { openSpots } from "./open-spots.ts";
import { lineStart } from "./scanner.ts";
import type { DocumentSketch, SketchEntry, SketchItem, SketchList, SketchMap, SketchNode } from "./sketch.ts";
import type { OpenSpot, Spot, ValueSpot } from "./spot.ts";

/**
 * What the offset of a text is at: mostly one key, one value or nothing. On an empty line, several maps and lists may go
 * on: the innermost one comes first.
 */
export function spotsAt(text: string, { root }: DocumentSketch, offset: number): readonly Spot[] {
  const line = lineStart(text, offset);
  const before = text.slice(line, offset);
  const isInFlow = root !== undefined && innermostFlow(root, offset);
  if (!isInFlow && before.trim() === "" && isBlank(restOfLine(text, offset))) return openSpots(text, root, offset);
  const spot = root === undefined ? undefined : new Finder(text, offset).at(root, []);
  return spot === undefined ? [] : [spot];
}

function restOfLine(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(offset, end < 0 ? text.length : end);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** Whether the offset is in braces or brackets. */
function innermostFlow(root: SketchNode, offset: number): boolean {
  let node: SketchNode | undefined = root;
  while (node !== undefined && node.kind !== "scalar") {
    if (node.isFlow) return node.start < offset && offset <= node.end;
    const children: readonly (SketchEntry | SketchItem)[] = node.kind === "map" ? node.entries : node.items;
    node = children.findLast((child) => startOf(child) <= offset)?.value;
  }
  return false;
}

function startOf(child: SketchEntry | SketchItem): number {
  return "key" in child ? child.key.start : child.start;
}

/** Looks for the innermost node at an offset. */
class Finder {
  readonly #text: string;
  readonly #offset: number;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  at(node: SketchNode, keys: KeyPath): Spot | undefined {
    if (node.kind === "map") return this.#inMap(node, keys);
    if (node.kind === "list") return this.#inList(node, keys);
    if (this.#offset < node.start || this.#offset > node.end) return undefined;
    const { start, end } = node;
    return { is: "value", keys, scalar: node, start, end, isFlow: false, isAlone: this.#isAlone(start, end) };
  }

  #inMap(map: SketchMap, keys: KeyPath): Spot | undefined {
    const offset = this.#offset;
    const entry = map.entries.findLast(({ key }) => key.start <= offset);
    if (entry === undefined) return map.isFlow ? this.#open(map, keys, "key") : undefined;
    const path = [...keys, entry.key.text];
    const { key, colon, value } = entry;
    if (offset <= key.end) {
      return { is: "key", keys: path, entry, isFlow: map.isFlow, start: key.start, end: key.end };
    }
    if (colon !== undefined && offset < colon) return undefined;
    if (map.isFlow && this.#isBehindComma(entry.value?.end ?? colon ?? key.end)) return this.#open(map, keys, "key");
    if (map.isFlow && value !== undefined && this.#isOnNextLine(value.end)) return this.#open(map, keys, "key");
    return this.#value(value, path, map.isFlow, colon);
  }

  #inList(list: SketchList, keys: KeyPath): Spot | undefined {
    const index = list.items.findLastIndex(({ start }) => start <= this.#offset);
    const item = list.items[index];
    if (item === undefined) return list.isFlow ? this.#open(list, keys, "item") : undefined;
    if (list.isFlow && this.#isBehindComma(item.end)) return this.#open(list, keys, "item");
    if (item.dash !== undefined && this.#offset < item.dash) return undefined;
    return this.#value(item.value, [...keys, index], list.isFlow, item.dash);
  }

  /** What is behind a colon or a dash. */
  #value(value: SketchNode | undefined, keys: KeyPath, isFlow: boolean, behind: number | undefined): Spot | undefined {
    const offset = this.#offset;
    if (value !== undefined && offset >= value.start) {
      const found = this.at(value, keys);
      return found?.is === "value" && isFlow ? { ...found, isFlow, isAlone: false } : found;
    }
    if (behind === undefined || this.#text.slice(behind, offset).trim() !== "") return undefined;
    // Before a value on the same line, or before the comment behind it, nothing is to be written.
    if (this.#text.slice(behind, offset).includes("\n") && !isFlow) return undefined;
    if (value !== undefined) return undefined;
    return emptyValue(keys, offset, isFlow);
  }

  /** Whether a comma is between the end of an entry and the offset. */
  #isBehindComma(end: number): boolean {
    return this.#text.slice(end, this.#offset).includes(",");
  }

  /** Whether the offset is on a line below the end of a value, with nothing between them: only the comma is missing. */
  #isOnNextLine(end: number): boolean {
    const between = this.#text.slice(end, this.#offset);
    return between.includes("\n") && between.trim() === "";
  }

  #open(node: SketchMap | SketchList, keys: KeyPath, takes: "key" | "item"): OpenSpot | undefined {
    const { start, end } = node;
    const offset = this.#offset;
    const isClosed = /[}\]]/.test(this.#text[end - 1] ?? "") && end - start > 1;
    if (offset <= start || (isClosed && offset >= end)) return undefined;
    return { is: "open", keys, node, takes, isFlow: true, padding: 0, start: offset, end: offset };
  }

  #isAlone(start: number, end: number): boolean {
    const line = this.#text.slice(lineStart(this.#text, start), start);
    return /^\s*(?:- +)*$/.test(line) && !this.#text.slice(start, end).includes("\n");
  }
}

function emptyValue(keys: KeyPath, offset: number, isFlow: boolean): ValueSpot {
  return { is: "value", keys, scalar: undefined, isFlow, isAlone: false, start: offset, end: offset };
}
