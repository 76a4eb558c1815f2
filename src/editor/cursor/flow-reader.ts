import type { Scanner } from "./scanner.ts";
import type { SketchEntry, SketchItem, SketchList, SketchMap, SketchNode, SketchScalar } from "./sketch.ts";

/** Deeper than anything that is written by hand; beyond it, what is inside is skipped. */
const DEEPEST = 200;

/** Reads what is in braces and brackets, as YAML and JSON have it. What is not closed ends where the block goes on. */
export class FlowReader {
  readonly #scanner: Scanner;
  /** The column of the block that it is in: a key there ends it. */
  readonly #parent: number;
  #depth = 0;

  constructor(scanner: Scanner, parent: number) {
    this.#scanner = scanner;
    this.#parent = parent;
  }

  /** The map or list that starts here. */
  read(): SketchNode {
    const scanner = this.#scanner;
    if (this.#depth >= DEEPEST) return this.#plain();
    this.#depth++;
    const node = scanner.char() === "{" ? this.#map() : this.#list();
    this.#depth--;
    return node;
  }

  #map(): SketchMap {
    const scanner = this.#scanner;
    const start = scanner.position++;
    const entries: SketchEntry[] = [];
    while (!this.#isOver("]")) {
      if (scanner.char() === "}") {
        scanner.position++;
        break;
      }
      if (scanner.char() === ",") scanner.position++;
      else entries.push(this.#entry());
    }
    return { kind: "map", isFlow: true, column: scanner.column(start), start, end: scanner.position, entries };
  }

  #entry(): SketchEntry {
    const scanner = this.#scanner;
    scanner.skipProperties();
    const key = this.#scalar();
    scanner.skipBlank(true);
    const hasColon = scanner.char() === ":";
    if (!hasColon) return { key, colon: undefined, value: undefined, end: key.end };
    const colon = ++scanner.position;
    const value = this.#value();
    return { key, colon, value, end: this.#entryEnd(value?.end ?? colon) };
  }

  /** An entry goes on to its comma, its closing brace or the end of the line. */
  #entryEnd(from: number): number {
    const { text, end } = this.#scanner;
    let at = from;
    while (at < end && (text[at] === " " || text[at] === "\t")) at++;
    return at;
  }

  #list(): SketchList {
    const scanner = this.#scanner;
    const start = scanner.position++;
    const items: SketchItem[] = [];
    while (!this.#isOver("}")) {
      if (scanner.char() === "]") {
        scanner.position++;
        break;
      }
      if (scanner.char() === ",") {
        scanner.position++;
        continue;
      }
      const at = scanner.position;
      const value = this.#value();
      if (scanner.position === at) scanner.position++;
      items.push({ start: at, dash: undefined, value, end: scanner.position });
    }
    return { kind: "list", isFlow: true, column: scanner.column(start), start, end: scanner.position, items };
  }

  /** Whether the collection ends here without its own bracket. @param other the bracket of the one around it */
  #isOver(other: string): boolean {
    const scanner = this.#scanner;
    const before = scanner.position;
    scanner.skipBlank(true);
    if (scanner.isAtEnd() || scanner.char() === other) return true;
    const isNewLine = scanner.text.slice(before, scanner.position).includes("\n");
    if (!isNewLine || scanner.column() > this.#parent || scanner.char() === "}" || scanner.char() === "]") return false;
    return /^[\w./-]+:(?:\s|$)/.test(scanner.text.slice(scanner.position, scanner.lineEnd()));
  }

  #value(): SketchNode | undefined {
    const scanner = this.#scanner;
    scanner.skipBlank(true);
    scanner.skipProperties();
    scanner.skipBlank(true);
    if (scanner.isAtEnd() || [",", "}", "]"].includes(scanner.char() ?? "")) return undefined;
    return scanner.char() === "{" || scanner.char() === "[" ? this.read() : this.#scalar();
  }

  #scalar(): SketchScalar {
    const char = this.#scanner.char();
    return char === '"' || char === "'" ? this.#scanner.quoted(-1) : this.#plain();
  }

  #plain(): SketchScalar {
    const scanner = this.#scanner;
    const start = scanner.position;
    let end = start;
    for (; scanner.position < scanner.end; scanner.position++) {
      const char = scanner.char() ?? "";
      if (char === "\n" || ",[]{}".includes(char)) break;
      if (char === ":" && this.#isColon(scanner.position + 1)) break;
      if (char === "#" && scanner.isBehindSpace(scanner.position)) break;
      if (!/\s/.test(char)) end = scanner.position + 1;
    }
    // A character that fits nowhere is skipped, so that reading goes on.
    if (scanner.position === start) end = ++scanner.position;
    return { kind: "scalar", start, end, text: scanner.text.slice(start, end), style: "plain" };
  }

  #isColon(next: number): boolean {
    const { text } = this.#scanner;
    return this.#scanner.isBlankAt(next) || ",[]{}".includes(text[next] ?? " ");
  }
}
