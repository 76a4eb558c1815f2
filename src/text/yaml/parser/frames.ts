import type { YamlList, YamlMap, YamlNode } from "./nodes.ts";

/** A list or map whose end has not been reached. */
export type Frame = ListFrame | MapFrame;

export interface ListFrame {
  readonly type: "block-list" | "indentless-list" | "flow-list";
  readonly node: YamlList;
}

export interface MapFrame {
  /** A `pair` is the map that a single `key: value` between brackets is. */
  readonly type: "block-map" | "flow-map" | "pair";
  readonly node: YamlMap;
  /** The key whose value is yet to come. */
  key: YamlNode;
  state: "key" | "value" | "after-key" | "lone-key" | "end";
}

/** Adds what was read last to a list or map. */
export function add(frame: Frame, child: YamlNode): void {
  if (child !== undefined) frame.node.end = Math.max(frame.node.end, child.end);
  if (!isMapFrame(frame)) frame.node.items.push(child);
  else if (frame.state === "after-key") {
    frame.key = child;
    frame.state = "value";
  } else if (frame.state === "lone-key") {
    frame.node.entries.push({ key: child, value: undefined });
    frame.state = "key";
  } else {
    frame.node.entries.push({ key: frame.key, value: child });
    frame.key = undefined;
    frame.state = frame.type === "pair" ? "end" : "key";
  }
}

export function isMapFrame(frame: Frame): frame is MapFrame {
  return frame.node.kind === "map";
}
