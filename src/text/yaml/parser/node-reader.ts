import { TextError } from "../../document/index.ts";
import type { NameToken, Scanner } from "../scanner/index.ts";
import type { Frame } from "./frames.ts";
import type { AnchoredNode, YamlAlias, YamlNode } from "./nodes.ts";
import { Tags } from "./tags.ts";
import { unexpected } from "./unexpected.ts";

/** Where a node stands: lists and maps without brackets are allowed in some places only. */
export type Place = "block" | "block-value" | "flow";

/** Reads nodes up to where the first node inside them starts, with their anchors and tags. */
export class NodeReader {
  readonly #tags = new Tags();
  readonly #scanner: Scanner;
  readonly #frames: Frame[];
  readonly #anchors = new Map<string, AnchoredNode>();

  /** @param frames the lists and maps that are open, to which new ones are added */
  constructor(scanner: Scanner, frames: Frame[]) {
    this.#scanner = scanner;
    this.#frames = frames;
  }

  /** Reads the directives; anchors and tags hold within one document. @throws {TextError} */
  startDocument(): void {
    this.#anchors.clear();
    this.#tags.readDirectives(this.#scanner);
  }

  /** Reads an alias or a scalar; of a list or map, it only opens the frame, and returns undefined. */
  node(place: Place): YamlNode {
    const scanner = this.#scanner;
    let token = scanner.peek();
    if (token.type === "alias") {
      scanner.skip();
      return this.#alias(token);
    }
    const first = token.start;
    let anchor: string | undefined;
    let tag: string | undefined;
    let end = first;
    for (let count = 0; count < 2; count++) {
      if (token.type === "anchor" && anchor === undefined) anchor = token.name;
      else if (token.type === "tag" && tag === undefined) tag = this.#tags.resolved(token);
      else break;
      end = token.end;
      scanner.skip();
      token = scanner.peek();
    }
    const { type, start } = token;
    const properties = { start, end: token.end, anchor, tag };
    if (type === "scalar") {
      scanner.skip();
      return this.#anchored({ kind: "scalar", style: token.style, text: token.value, ...properties });
    }
    if (type === "block-entry" && place === "block-value") {
      this.#push({ type: "indentless-list", node: { kind: "list", items: [], ...properties } });
      return;
    }
    if (type === "flow-list-start" || (type === "block-list-start" && place !== "flow")) {
      scanner.skip();
      const listType = type === "flow-list-start" ? "flow-list" : "block-list";
      this.#push({ type: listType, node: { kind: "list", items: [], ...properties } });
      return;
    }
    if (type === "flow-map-start" || (type === "block-map-start" && place !== "flow")) {
      scanner.skip();
      const mapType = type === "flow-map-start" ? "flow-map" : "block-map";
      const node = { kind: "map", entries: [], ...properties } as const;
      this.#push({ type: mapType, node: { ...node, entries: [] }, key: undefined, state: "key" });
      return;
    }
    if (anchor === undefined && tag === undefined) throw unexpected(token, scanner.last, this.#frames.at(-1));
    return this.#anchored({ kind: "scalar", style: "plain", text: "", anchor, tag, start: end, end });
  }

  #anchored<Node extends AnchoredNode>(node: Node): Node {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    return node;
  }

  #alias({ name, start, end }: NameToken): YamlAlias {
    const target = this.#anchors.get(name);
    if (target !== undefined) return { kind: "alias", name, target, start, end };
    const message = `the alias \`*${name}\` has no anchor \`&${name}\` before it`;
    throw new TextError("unknown-anchor", { start, end }, message);
  }

  #push(frame: Frame): undefined {
    this.#anchored(frame.node);
    this.#frames.push(frame);
  }
}
