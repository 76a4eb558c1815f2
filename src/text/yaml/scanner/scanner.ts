import { tooDeep } from "../../document/index.ts";
import { blockScalar } from "./block-scalar.ts";
import { isBlank, isBlankOrEnd, isBreak } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import { Indentation } from "./indentation.ts";
import { atCursor, badStart, noKeyHere } from "./misplaced.ts";
import { plainScalar } from "./plain-scalar.ts";
import { anchorOrAlias, directive, tag } from "./properties.ts";
import { quotedScalar } from "./quoted-scalar.ts";
import { SimpleKeys } from "./simple-keys.ts";
import { TokenQueue } from "./token-queue.ts";
import type { MarkType, Token } from "./tokens.ts";

/** go-yaml's limit for brackets. */
const MAX_LEVELS = 10_000;

/** The characters that a plain scalar cannot start with, unless what follows makes it one. */
const INDICATORS = new Set("-?:,[]{}#&*!|>'\"%@`");

/**
 * Makes tokens of a text as go-yaml v2 does: by indentation, by brackets, and by colons, which say of what came before
 * them that it was a key. Reads no further than the parser asks it to.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #keys: SimpleKeys;
  readonly #tokens = new TokenQueue();
  readonly #indentation = new Indentation(this.#tokens);
  #allowsKey = true;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#keys = new SimpleKeys(cursor);
  }

  /** The next token; it stays the next one. @throws {TextError} */
  peek(): Token {
    for (;;) {
      const token = this.#tokens.first;
      if (token !== undefined && !this.#keys.mayStartAt(this.#tokens.firstNumber)) return token;
      this.#fetch();
    }
  }

  /** Goes on to the token after the next one. */
  skip(): void {
    this.#tokens.shift();
  }

  /** The token that was skipped last. */
  get last(): Token | undefined {
    return this.#tokens.lastRead;
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#closeBlocks(cursor.column);
    const code = cursor.peek();
    if (Number.isNaN(code)) {
      this.#streamEnd();
      return;
    }
    const character = cursor.text.charAt(cursor.position);
    if (character === "%" && cursor.column === 0) {
      this.#directive();
      return;
    }
    if (cursor.isAtDocumentIndicator()) {
      this.#document(character === "-" ? "document-start" : "document-end");
      return;
    }
    if (!INDICATORS.has(character) && !isBlank(code)) {
      this.#plain();
      return;
    }
    this.#indicator(character, cursor.peek(1));
  }

  #indicator(character: string, next: number): void {
    const isInFlow = this.#keys.flowLevel > 0;
    switch (character) {
      case "[":
      case "{":
        this.#open(character === "[" ? "flow-list-start" : "flow-map-start");
        return;
      case "]":
      case "}":
        this.#close(character === "]" ? "flow-list-end" : "flow-map-end");
        return;
      case ",":
        this.#keys.drop();
        this.#mark("flow-entry", true);
        return;
      case "*":
      case "&":
        this.#saveKey(false);
        this.#tokens.push(anchorOrAlias(this.#cursor, character === "&" ? "anchor" : "alias"));
        return;
      case "!":
        this.#saveKey(false);
        this.#tokens.push(tag(this.#cursor));
        return;
      case "'":
      case '"':
        this.#saveKey(false);
        this.#tokens.push(quotedScalar(this.#cursor, character === "'" ? "single" : "double"));
        return;
      case "-":
        if (isBlankOrEnd(next)) this.#blockEntry();
        else this.#plain();
        return;
      case "?":
      case ":":
        if (!isInFlow && !isBlankOrEnd(next)) this.#plain();
        else if (character === "?") this.#key();
        else this.#value();
        return;
      case "|":
      case ">":
        if (isInFlow) break;
        this.#block(character === "|" ? "literal" : "folded");
        return;
    }
    throw badStart(this.#cursor, character);
  }

  /** Skips white space and comments. Where a key may start, a tab is no white space: it would be indentation. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (this.#keys.flowLevel > 0 || !this.#allowsKey) cursor.skipBlanks();
      else cursor.skipSpaces();
      cursor.skipComment();
      if (!isBreak(cursor.peek())) return;
      cursor.takeBreak();
      if (this.#keys.flowLevel === 0) this.#allowsKey = true;
    }
  }

  #mark(type: MarkType, allowsKey: boolean, length = 1): void {
    const start = this.#cursor.position;
    this.#cursor.position += length;
    this.#allowsKey = allowsKey;
    this.#tokens.push({ type, start, end: this.#cursor.position });
  }

  #streamEnd(): void {
    this.#cursor.isEnded = true;
    this.#closeBlocks(-1);
    this.#keys.drop();
    this.#mark("stream-end", false, 0);
  }

  #directive(): void {
    this.#closeBlocks(-1);
    this.#keys.drop();
    this.#allowsKey = false;
    this.#tokens.push(directive(this.#cursor));
  }

  #document(type: MarkType): void {
    this.#closeBlocks(-1);
    this.#keys.drop();
    this.#mark(type, false, 3);
  }

  #open(type: MarkType): void {
    this.#saveKey(true);
    this.#keys.open(this.#tokens.nextNumber);
    if (this.#keys.flowLevel > MAX_LEVELS) throw tooDeep(this.#cursor.position);
    this.#mark(type, true);
  }

  #close(type: MarkType): void {
    this.#keys.drop();
    this.#keys.close();
    this.#mark(type, false);
  }

  #blockEntry(): void {
    if (this.#keys.flowLevel === 0) {
      if (!this.#allowsKey) throw atCursor(this.#cursor, "a list item (`- `) must start on a line of its own");
      this.#openBlock(this.#cursor.column, "block-list-start");
    }
    this.#keys.drop();
    this.#mark("block-entry", true);
  }

  #key(): void {
    const isInFlow = this.#keys.flowLevel > 0;
    if (!isInFlow) {
      if (!this.#allowsKey) throw atCursor(this.#cursor, "a value cannot start with `? `; put it in quotes");
      this.#openBlock(this.#cursor.column, "block-map-start");
    }
    this.#keys.drop();
    this.#mark("key", !isInFlow);
  }

  #value(): void {
    const key = this.#keys.current();
    if (key !== undefined) {
      const { position, tokenNumber, lineStart } = key;
      // The parser may have passed the key by (see SimpleKeys.close): then these come last.
      this.#tokens.insert(tokenNumber, { type: "key", start: position, end: position });
      this.#openBlock(position - lineStart, "block-map-start", position, tokenNumber);
      this.#keys.forget(key);
      this.#mark("value", false);
      return;
    }
    const isInFlow = this.#keys.flowLevel > 0;
    if (!isInFlow) {
      if (!this.#allowsKey) throw noKeyHere(this.#cursor, this.#tokens.lastMade);
      this.#openBlock(this.#cursor.column, "block-map-start");
    }
    this.#mark("value", !isInFlow);
  }

  #plain(): void {
    this.#saveKey(false);
    const { token, endsLine } = plainScalar(this.#cursor, this.#indentation.column + 1, this.#keys.flowLevel > 0);
    this.#tokens.push(token);
    if (endsLine) this.#allowsKey = true;
  }

  #block(style: "literal" | "folded"): void {
    this.#keys.drop();
    this.#allowsKey = true;
    this.#tokens.push(blockScalar(this.#cursor, style, this.#indentation.column));
  }

  /** A key may start at the cursor; behind it none may. */
  #saveKey(isBracket: boolean): void {
    const { position, lineStart, column } = this.#cursor;
    if (this.#allowsKey) {
      const isRequired = this.#keys.flowLevel === 0 && this.#indentation.column === column;
      this.#keys.save({ tokenNumber: this.#tokens.nextNumber, position, lineStart, isRequired });
    }
    if (!isBracket) this.#allowsKey = false;
  }

  /** Between brackets, indentation says nothing. */
  #openBlock(column: number, type: MarkType, position = this.#cursor.position, tokenNumber?: number): void {
    if (this.#keys.flowLevel === 0) this.#indentation.open(column, type, position, tokenNumber);
  }

  #closeBlocks(column: number): void {
    if (this.#keys.flowLevel === 0) this.#indentation.close(column, this.#cursor.position);
  }
}
