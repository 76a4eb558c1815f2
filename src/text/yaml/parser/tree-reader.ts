import type { TextError } from "../../document/index.ts";
import type { Scanner, Token } from "../scanner/index.ts";
import { add, type Frame, type ListFrame, type MapFrame } from "./frames.ts";
import { NodeReader, type Place } from "./node-reader.ts";
import type { YamlNode } from "./nodes.ts";
import { unexpected } from "./unexpected.ts";

type TokenType = Token["type"];

/** The tokens before which a child is omitted. */
const NONE: ReadonlySet<TokenType> = new Set();
const BLOCK_ITEM_ENDS: ReadonlySet<TokenType> = new Set(["block-entry", "block-end"]);
const INDENTLESS_ITEM_ENDS: ReadonlySet<TokenType> = new Set(["block-entry", "key", "value", "block-end"]);
const BLOCK_ENDS: ReadonlySet<TokenType> = new Set(["key", "value", "block-end"]);
const FLOW_MAP_ENDS: ReadonlySet<TokenType> = new Set(["value", "flow-entry", "flow-map-end"]);
const PAIR_ENDS: ReadonlySet<TokenType> = new Set(["value", "flow-entry", "flow-list-end"]);
const FLOW_VALUE_ENDS: ReadonlySet<TokenType> = new Set(["flow-entry", "flow-map-end"]);

/**
 * Makes a tree of nodes of the content of a document, by the grammar of libyaml, which go-yaml v2 follows. Not recursive: a
 * text may be nested as deep as the scanner allows.
 */
export class TreeReader {
  readonly #nodes: NodeReader;
  readonly #scanner: Scanner;
  readonly #frames: Frame[] = [];

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
    this.#nodes = new NodeReader(scanner, this.#frames);
  }

  /** Reads what comes before the document. @throws {TextError} */
  startDocument(): void {
    this.#nodes.startDocument();
  }

  /** The content of the document. @throws {TextError} */
  tree(): YamlNode {
    let done = this.#nodes.node("block");
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      done = this.#step(frame) ? this.#frames.pop()?.node : undefined;
      const parent = this.#frames.at(-1);
      if (done !== undefined && parent !== undefined) add(parent, done);
    }
    return done;
  }

  /** Reads one child of a list or map, or starts to; true if it ends instead. */
  #step(frame: Frame): boolean {
    switch (frame.type) {
      case "block-list":
        return this.#blockList(frame);
      case "indentless-list":
        return this.#indentlessList(frame);
      case "block-map":
        return this.#blockMap(frame);
      case "flow-list":
        return this.#flowList(frame);
      case "flow-map":
        return this.#flowMap(frame);
      case "pair":
        return this.#pair(frame);
    }
  }

  #blockList(frame: ListFrame): boolean {
    if (this.#take("block-entry")) {
      this.#child(frame, BLOCK_ITEM_ENDS, "block");
      return false;
    }
    return this.#end(frame, "block-end");
  }

  #indentlessList(frame: ListFrame): boolean {
    if (!this.#take("block-entry")) return true;
    this.#child(frame, INDENTLESS_ITEM_ENDS, "block");
    return false;
  }

  #blockMap(frame: MapFrame): boolean {
    if (frame.state === "value") {
      if (this.#take("value")) this.#child(frame, BLOCK_ENDS, "block-value");
      else add(frame, undefined);
      return false;
    }
    if (!this.#take("key")) return this.#end(frame, "block-end");
    frame.state = "after-key";
    this.#child(frame, BLOCK_ENDS, "block-value");
    return false;
  }

  #flowList(frame: ListFrame): boolean {
    const isFirst = frame.node.items.length === 0;
    if (this.#isNext("flow-list-end")) return this.#end(frame, "flow-list-end");
    if (!isFirst && !this.#take("flow-entry")) throw this.#unexpected(frame);
    const token = this.#scanner.peek();
    if (token.type === "key") {
      this.#scanner.skip();
      const node = { kind: "map", start: token.start, end: token.end, anchor: undefined, tag: undefined } as const;
      const pair: MapFrame = { type: "pair", node: { ...node, entries: [] }, key: undefined, state: "after-key" };
      this.#frames.push(pair);
    } else if (token.type === "flow-list-end") return this.#end(frame, "flow-list-end");
    else this.#child(frame, NONE, "flow");
    return false;
  }

  #pair(frame: MapFrame): boolean {
    if (frame.state === "after-key") {
      // libyaml passes over what it finds in place of a key: of `[? : a]` it sees no colon.
      if (PAIR_ENDS.has(this.#scanner.peek().type)) {
        this.#scanner.skip();
        add(frame, undefined);
      } else this.#child(frame, NONE, "flow");
      return false;
    }
    if (frame.state === "end") return true;
    if (this.#take("value") && !["flow-entry", "flow-list-end"].includes(this.#scanner.peek().type)) {
      this.#child(frame, NONE, "flow");
    } else add(frame, undefined);
    return false;
  }

  #flowMap(frame: MapFrame): boolean {
    if (frame.state === "value") {
      if (this.#take("value")) this.#child(frame, FLOW_VALUE_ENDS, "flow");
      else add(frame, undefined);
      return false;
    }
    if (this.#isNext("flow-map-end")) return this.#end(frame, "flow-map-end");
    const isFirst = frame.node.entries.length === 0;
    if (!isFirst && !this.#take("flow-entry")) throw this.#unexpected(frame);
    if (this.#isNext("flow-map-end")) return this.#end(frame, "flow-map-end");
    // What has no colon on its line is a key without a value.
    const hasColon = this.#take("key");
    frame.state = hasColon ? "after-key" : "lone-key";
    this.#child(frame, hasColon ? FLOW_MAP_ENDS : NONE, "flow");
    return false;
  }

  /** Reads the child of a list or map, which is omitted if one of these tokens is next. */
  #child(frame: Frame, ends: ReadonlySet<TokenType>, place: Place): void {
    if (ends.has(this.#scanner.peek().type)) add(frame, undefined);
    else this.#addNode(frame, place);
  }

  #addNode(frame: Frame, place: Place): void {
    const leaf = this.#nodes.node(place);
    if (leaf !== undefined) add(frame, leaf);
  }

  #isNext(type: TokenType): boolean {
    return this.#scanner.peek().type === type;
  }

  #take(type: TokenType): boolean {
    if (!this.#isNext(type)) return false;
    this.#scanner.skip();
    return true;
  }

  /** Ends a list or map with this token. */
  #end(frame: Frame, type: TokenType): true {
    const token = this.#scanner.peek();
    if (token.type !== type) throw this.#unexpected(frame);
    // A list or map without brackets ends with its last value, not where the next line starts.
    if (type !== "block-end") frame.node.end = token.end;
    this.#scanner.skip();
    return true;
  }

  #unexpected(frame: Frame): TextError {
    return unexpected(this.#scanner.peek(), this.#scanner.last, frame);
  }
}
