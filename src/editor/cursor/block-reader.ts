import { FlowReader } from "./flow-reader.ts";
import { Scanner } from "./scanner.ts";
import type { SketchEntry, SketchItem, SketchList, SketchMap, SketchNode, SketchScalar } from "./sketch.ts";

/** Deeper than anything that is written by hand; beyond it, what is inside is skipped. */
const DEEPEST = 200;

/** Reads what is written in lines and indentation. */
export class BlockReader {
  readonly #scanner: Scanner;
  #depth = 0;

  constructor(text: string, start: number, end: number) {
    this.#scanner = new Scanner(text, start, end);
  }

  /** The outline of all that is there. JSON may have several values behind each other: they are the `rest`. */
  read(): readonly SketchNode[] {
    const scanner = this.#scanner;
    const roots: SketchNode[] = [];
    for (;;) {
      scanner.skipBlank();
      if (scanner.isAtEnd()) return roots;
      const before = scanner.position;
      const node = this.#node(-1, false);
      if (node !== undefined) roots.push(node);
      if (scanner.position === before) scanner.position = Math.max(scanner.lineEnd(), before + 1);
    }
  }

  /**
   * The node that comes next, if it belongs to the parent.
   * @param parent the column that it must be behind
   * @param isEntry whether the parent is an entry of a map: its list may be in the same column
   */
  #node(parent: number, isEntry: boolean): SketchNode | undefined {
    const scanner = this.#scanner;
    scanner.skipBlank();
    if (scanner.isAtEnd() || this.#depth >= DEEPEST) return undefined;
    let column = scanner.column();
    const isList = scanner.isDash();
    if (column < parent || (column === parent && !(isEntry && isList))) return undefined;
    const line = scanner.lineEnd();
    scanner.skipProperties();
    if (scanner.isRestEmpty()) {
      scanner.skipBlank();
      if (scanner.isAtEnd() || (scanner.position > line && scanner.column() <= parent)) return undefined;
      column = scanner.column();
    }
    this.#depth++;
    const node = this.#nodeHere(column, parent);
    this.#depth--;
    return node;
  }

  #nodeHere(column: number, parent: number): SketchNode {
    const scanner = this.#scanner;
    if (scanner.isDash()) return this.#list(column, parent);
    if (this.#keyHere() !== undefined || this.#isUnfinishedKey(column)) return this.#map(column);
    return this.#inline(parent);
  }

  /** What is on the line of its key or its dash, or alone on its line. */
  #inline(parent: number): SketchNode {
    const scanner = this.#scanner;
    const char = scanner.char();
    if (char === "|" || char === ">") return this.#blockScalar(parent);
    if (char === '"' || char === "'") return scanner.quoted(parent);
    const isTemplate = scanner.text.startsWith("{{", scanner.position);
    if ((char === "{" || char === "[") && !isTemplate) return new FlowReader(scanner, parent).read();
    return this.#plain(parent);
  }

  #map(column: number): SketchMap {
    const scanner = this.#scanner;
    const start = scanner.position;
    const entries: SketchEntry[] = [];
    let end = start;
    for (;;) {
      scanner.skipBlank();
      // The first key may be behind an anchor or a dash.
      const here = entries.length === 0 ? column : scanner.column();
      if (scanner.isAtEnd() || here < column) break;
      if (scanner.isDash()) {
        this.#list(here, here - 1);
        continue;
      }
      const entry = this.#entry(column);
      entries.push(entry);
      end = entry.end;
    }
    return { kind: "map", isFlow: false, column, start, end, entries };
  }

  #entry(column: number): SketchEntry {
    const scanner = this.#scanner;
    scanner.skipProperties();
    const found = this.#keyHere();
    if (found === undefined) {
      const key = this.#line();
      const value = this.#below(column);
      return { key, colon: undefined, value, end: value?.end ?? key.end };
    }
    scanner.position = found.colon;
    const value = this.#valueBehind(column);
    return { ...found, value, end: value?.end ?? found.colon };
  }

  #valueBehind(column: number): SketchNode | undefined {
    const scanner = this.#scanner;
    scanner.skipProperties();
    return scanner.isRestEmpty() ? this.#below(column) : this.#inline(column);
  }

  #below(column: number): SketchNode | undefined {
    return this.#node(column, true);
  }

  #list(column: number, parent: number): SketchList {
    const scanner = this.#scanner;
    const start = scanner.position;
    const items: SketchItem[] = [];
    let end = start;
    for (;;) {
      scanner.skipBlank();
      const here = items.length === 0 ? column : scanner.column();
      if (scanner.isAtEnd() || here < column || (!scanner.isDash() && column <= parent)) break;
      const item = this.#item(column);
      items.push(item);
      end = item.end;
    }
    return { kind: "list", isFlow: false, column, start, end, items };
  }

  #item(column: number): SketchItem {
    const scanner = this.#scanner;
    const start = scanner.position;
    if (!scanner.isDash()) {
      const value = this.#line();
      return { start, dash: undefined, value, end: value.end };
    }
    const dash = ++scanner.position;
    scanner.skipSpaces();
    const value = this.#node(column, false);
    return { start, dash, value, end: value?.end ?? dash };
  }

  /** The key that is here, with the offset behind its colon; undefined if it is none. */
  #keyHere(): { readonly key: SketchScalar; readonly colon: number } | undefined {
    const { text, position: start } = this.#scanner;
    const char = this.#scanner.char();
    const lineEnd = this.#scanner.lineEnd();
    if (char === undefined || "[]{},#|>@`%*".includes(char)) return undefined;
    if (char === '"' || char === "'") return this.#quotedKey(lineEnd);
    for (let at = start; at < lineEnd; at++) {
      if (text[at] === "#" && this.#scanner.isBehindSpace(at)) return undefined;
      if (text[at] !== ":" || !this.#scanner.isBlankAt(at + 1)) continue;
      const name = text.slice(start, at).trimEnd();
      if (name === "") return undefined;
      return { key: plain(name, start), colon: at + 1 };
    }
    return undefined;
  }

  #quotedKey(lineEnd: number): { readonly key: SketchScalar; readonly colon: number } | undefined {
    const scanner = this.#scanner;
    const start = scanner.position;
    const key = scanner.quoted(Infinity);
    scanner.skipSpaces();
    const at = scanner.position;
    scanner.position = start;
    return at < lineEnd && scanner.text[at] === ":" ? { key, colon: at + 1 } : undefined;
  }

  /** Whether a line without a colon is the start of a key: the next line of the same column is a key. */
  #isUnfinishedKey(column: number): boolean {
    const scanner = this.#scanner;
    const start = scanner.position;
    if (!/[\w"'.]/.test(scanner.char() ?? "")) return false;
    scanner.position = scanner.lineEnd();
    scanner.skipBlank();
    const isKey = !scanner.isAtEnd() && scanner.column() === column && this.#keyHere() !== undefined;
    scanner.position = start;
    return isKey;
  }

  /** The rest of the line as a scalar. */
  #line(): SketchScalar {
    const scanner = this.#scanner;
    if (scanner.char() === '"' || scanner.char() === "'") {
      const scalar = scanner.quoted(Infinity);
      if (scanner.isRestEmpty()) return scalar;
      scanner.position = scanner.lineEnd();
      return scalar;
    }
    const start = scanner.position;
    const end = this.#plainEnd(start);
    scanner.position = scanner.lineEnd();
    return plain(scanner.text.slice(start, end), start);
  }

  /** A plain scalar goes on in lines that are further in and are no key. */
  #plain(parent: number): SketchScalar {
    const scanner = this.#scanner;
    const start = scanner.position;
    let end: number;
    for (;;) {
      const lineEnd = scanner.lineEnd();
      end = this.#plainEnd(scanner.position);
      const isCut = scanner.text.slice(end, lineEnd).includes("#");
      scanner.position = lineEnd;
      if (isCut) break;
      scanner.skipSpaces();
      while (scanner.char() === "\n" || scanner.char() === "\r") {
        scanner.position++;
        scanner.skipSpaces();
      }
      const isOver = scanner.isAtEnd() || scanner.column() <= parent || scanner.char() === "#";
      if (isOver || this.#keyHere() !== undefined) break;
    }
    scanner.position = Math.max(end, start + 1);
    return plain(scanner.text.slice(start, end), start);
  }

  /** Where a plain scalar ends on this line: before a comment and blanks. */
  #plainEnd(from: number): number {
    const { text } = this.#scanner;
    const lineEnd = this.#scanner.lineEnd(from);
    let end = from;
    for (let at = from; at < lineEnd; at++) {
      if (text[at] === "#" && at > from && this.#scanner.isBehindSpace(at)) break;
      if (text[at] !== " " && text[at] !== "\t") end = at + 1;
    }
    return end;
  }

  #blockScalar(parent: number): SketchScalar {
    const scanner = this.#scanner;
    const start = scanner.position;
    const { text } = scanner;
    let end = scanner.lineEnd();
    const content = end;
    for (let line = end; line < scanner.end;) {
      const from = line + (text[line] === "\r" ? 2 : 1);
      const lineEnd = scanner.lineEnd(from);
      const indent = text.slice(from, lineEnd).search(/\S/);
      if (from > scanner.end || (indent >= 0 && indent <= parent)) break;
      if (indent >= 0) end = lineEnd;
      line = lineEnd;
    }
    scanner.position = end;
    return { kind: "scalar", start, end, text: text.slice(content, end), style: "block" };
  }
}

function plain(text: string, start: number): SketchScalar {
  return { kind: "scalar", start, end: start + text.length, text, style: "plain" };
}
