import { TextError } from "../../document/index.ts";
import { type Cursor, Scanner, syntaxError, type NameToken, type TagToken, type Token } from "../scanner/index.ts";
import { add, type Frame, type ListFrame, type MapFrame } from "./frames.ts";
import type { AnchoredNode, YamlAlias, YamlNode } from "./nodes.ts";
import { unexpected } from "./unexpected.ts";

type TokenType = Token["type"];

const DEFAULT_TAGS: readonly (readonly [string, string])[] = [
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
];
const BLOCK_ITEM_ENDS: ReadonlySet<TokenType> = new Set(["block-entry", "block-end"]);
const INDENTLESS_ITEM_ENDS: ReadonlySet<TokenType> = new Set(["block-entry", "key", "value", "block-end"]);
const BLOCK_ENDS: ReadonlySet<TokenType> = new Set(["key", "value", "block-end"]);
const FLOW_MAP_ENDS: ReadonlySet<TokenType> = new Set(["value", "flow-entry", "flow-map-end"]);
const PAIR_ENDS: ReadonlySet<TokenType> = new Set(["value", "flow-entry", "flow-list-end"]);
const CONTENT_ENDS: ReadonlySet<TokenType> = new Set([
  "version-directive",
  "tag-directive",
  "document-start",
  "document-end",
  "stream-end",
]);

/** Where a node stands: lists and maps without brackets are allowed in some places only. */
type Place = "block" | "block-value" | "flow";

/**
 * Makes a tree of nodes of each document, by the grammar of libyaml, which go-yaml v2 follows. Not recursive: a text may
 * be nested as deep as the scanner allows.
 */
export class Parser {
  readonly #scanner: Scanner;
  readonly #frames: Frame[] = [];
  readonly #anchors = new Map<string, AnchoredNode>();
  #tags = new Map<string, string>();
  #isFirst = true;

  constructor(cursor: Cursor) {
    this.#scanner = new Scanner(cursor);
  }

  /** Goes to the next document; false at the end of the stream. @throws {TextError} */
  startDocument(): boolean {
    const scanner = this.#scanner;
    if (!this.#isFirst) while (scanner.peek().type === "document-end") scanner.skip();
    const { type } = scanner.peek();
    if (type === "stream-end") return false;
    const isExplicit = type === "version-directive" || type === "tag-directive" || type === "document-start";
    if (!isExplicit && !this.#isFirst) throw behindDocument(scanner.peek());
    this.#anchors.clear();
    const first = scanner.peek();
    this.#directives();
    if (isExplicit) {
      if (scanner.peek().type !== "document-start") throw lonelyDirective(first);
      scanner.skip();
    }
    return true;
  }

  /** The content of the document; at most its end is read with it. @throws {TextError} */
  document(): YamlNode {
    const isEmpty = !this.#isFirst || this.#scanner.last !== undefined;
    this.#isFirst = false;
    let root: YamlNode;
    if (isEmpty && CONTENT_ENDS.has(this.#scanner.peek().type)) root = undefined;
    else root = this.#tree();
    if (this.#scanner.peek().type === "document-end") this.#scanner.skip();
    return root;
  }

  #tree(): YamlNode {
    let done = this.#node("block");
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
    const leaf = this.#node(place);
    if (leaf !== undefined) add(frame, leaf);
  }

  /** Reads an alias or a scalar; of a list or map, it only opens the frame, and returns undefined. */
  #node(place: Place): YamlNode {
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
      else if (token.type === "tag" && tag === undefined) tag = this.#resolved(token);
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

  #resolved({ handle, suffix, start, end }: TagToken): string {
    if (handle === "") return suffix;
    const prefix = this.#tags.get(handle);
    if (prefix === undefined) throw syntaxError(start, end, `no %TAG directive says what \`${handle}\` is`);
    return prefix + suffix;
  }

  #directives(): void {
    const scanner = this.#scanner;
    this.#tags = new Map();
    let hasVersion = false;
    for (let token = scanner.peek(); ; token = scanner.peek()) {
      if (token.type === "version-directive") {
        if (hasVersion) throw syntaxError(token.start, token.end, "%YAML stands here twice");
        if (token.version !== "1.1") throw otherVersion(token);
        hasVersion = true;
      } else if (token.type === "tag-directive") {
        if (this.#tags.has(token.handle)) throw syntaxError(token.start, token.end, "%TAG names a handle twice");
        this.#tags.set(token.handle, token.prefix);
      } else break;
      scanner.skip();
    }
    for (const [handle, prefix] of DEFAULT_TAGS) if (!this.#tags.has(handle)) this.#tags.set(handle, prefix);
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

const NONE: ReadonlySet<TokenType> = new Set();
const FLOW_VALUE_ENDS: ReadonlySet<TokenType> = new Set(["flow-entry", "flow-map-end"]);

/** In a file, the line `---` behind a directive never belongs to it: kubectl splits the file there. */
function lonelyDirective({ start, end }: Token): TextError {
  const message =
    "no document follows this directive: kubectl splits a file at `---` before it reads it; leave the line out";
  return syntaxError(start, end, message);
}

function behindDocument({ start, end }: Token): TextError {
  const message = "this stands behind the end of its document; a line `---` must start the next one";
  return syntaxError(start, Math.max(end, start + 1), message);
}

function otherVersion({ start, end, version }: { start: number; end: number; version: string }): TextError {
  const message = `the API server reads YAML 1.1 only, but this document says %YAML ${version}; leave the line out`;
  return new TextError("yaml-version", { start, end }, message);
}
