import type { TextError } from "../../document/index.ts";
import { type Cursor, Scanner, syntaxError, type Token } from "../scanner/index.ts";
import type { YamlNode } from "./nodes.ts";
import { TreeReader } from "./tree-reader.ts";

const CONTENT_ENDS: ReadonlySet<Token["type"]> = new Set([
  "version-directive",
  "tag-directive",
  "document-start",
  "document-end",
  "stream-end",
]);

/** Reads the documents of a stream one by one, as go-yaml v2 does. */
export class Parser {
  readonly #scanner: Scanner;
  readonly #reader: TreeReader;
  #isFirst = true;

  constructor(cursor: Cursor) {
    this.#scanner = new Scanner(cursor);
    this.#reader = new TreeReader(this.#scanner);
  }

  /** Goes to the next document; false at the end of the stream. @throws {TextError} */
  startDocument(): boolean {
    const scanner = this.#scanner;
    if (!this.#isFirst) while (scanner.peek().type === "document-end") scanner.skip();
    const { type } = scanner.peek();
    if (type === "stream-end") return false;
    const isExplicit = type === "version-directive" || type === "tag-directive" || type === "document-start";
    if (!isExplicit && !this.#isFirst) throw behindDocument(scanner.peek());
    const first = scanner.peek();
    this.#reader.startDocument();
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
    else root = this.#reader.tree();
    if (this.#scanner.peek().type === "document-end") this.#scanner.skip();
    return root;
  }
}

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
