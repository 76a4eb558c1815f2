import { TextError } from "../../document/index.ts";
import { blockScalar } from "./block-scalar.ts";
import { isBlank, isBlankOrEnd, isBreak } from "./characters.ts";
import { type Cursor, syntaxError } from "./cursor.ts";
import { plainScalar } from "./plain-scalar.ts";
import { anchorOrAlias, directive, tag } from "./properties.ts";
import { quotedScalar } from "./quoted-scalar.ts";
import { SimpleKeys } from "./simple-keys.ts";
import type { MarkType, Token } from "./tokens.ts";

/** go-yaml's limit, for brackets and for indentation each. */
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
  readonly #indents: number[] = [];
  #tokens: Token[] = [];
  #head = 0;
  #parsed = 0;
  #indent = -1;
  #allowsKey = true;
  #last: Token | undefined;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#keys = new SimpleKeys(cursor);
  }

  /** The next token; it stays the next one. @throws {TextError} */
  peek(): Token {
    for (;;) {
      const token = this.#tokens[this.#head];
      if (token !== undefined && !this.#keys.mayStartAt(this.#parsed)) return token;
      this.#fetch();
    }
  }

  /** Goes on to the token after the next one. */
  skip(): void {
    this.#last = this.#tokens[this.#head];
    this.#head++;
    this.#parsed++;
    if (this.#head === this.#tokens.length) {
      this.#tokens = [];
      this.#head = 0;
    }
  }

  /** The token that was skipped last. */
  get last(): Token | undefined {
    return this.#last;
  }

  /** The number of the token that is made next, counted from the start of the stream. */
  get #nextNumber(): number {
    return this.#parsed + this.#tokens.length - this.#head;
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
      case "[": {
        this.#open("flow-list-start");
        return;
      }
      case "{": {
        this.#open("flow-map-start");
        return;
      }
      case "]": {
        this.#close("flow-list-end");
        return;
      }
      case "}": {
        this.#close("flow-map-end");
        return;
      }
      case ",":
        this.#keys.drop();
        {
          this.#mark("flow-entry", true);
          return;
        }
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
        if (isBlankOrEnd(next)) {
          this.#blockEntry();
          return;
        }
        {
          this.#plain();
          return;
        }
      case "?":
        if (isInFlow || isBlankOrEnd(next)) {
          this.#key();
          return;
        }
        {
          this.#plain();
          return;
        }
      case ":":
        if (isInFlow || isBlankOrEnd(next)) {
          this.#value();
          return;
        }
        {
          this.#plain();
          return;
        }
      case "|":
      case ">":
        if (!isInFlow) {
          this.#block(character === "|" ? "literal" : "folded");
          return;
        }
    }
    throw this.#badStart(character);
  }

  #badStart(character: string): TextError {
    const at = this.#cursor.position;
    const message =
      character === "\t"
        ? "a tab indents this line; YAML allows spaces only"
        : `a value cannot start with \`${character}\`; put it in quotes`;
    return syntaxError(at, at + 1, message);
  }

  /** Skips white space and comments. Where a key may start, a tab is no white space: it would be indentation. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      while (cursor.peek() === 0x20 || (cursor.peek() === 0x09 && (this.#keys.flowLevel > 0 || !this.#allowsKey))) {
        cursor.position++;
      }
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
    this.#keys.open(this.#nextNumber);
    if (this.#keys.flowLevel > MAX_LEVELS) throw tooManyLevels(this.#cursor.position);
    this.#mark(type, true);
  }

  #close(type: MarkType): void {
    this.#keys.drop();
    this.#keys.close();
    this.#mark(type, false);
  }

  #blockEntry(): void {
    if (this.#keys.flowLevel === 0) {
      if (!this.#allowsKey) throw this.#here("a list item (`- `) must start on a line of its own");
      this.#openBlock(this.#cursor.column, this.#cursor.position, "block-list-start");
    }
    this.#keys.drop();
    this.#mark("block-entry", true);
  }

  #key(): void {
    const isInFlow = this.#keys.flowLevel > 0;
    if (!isInFlow) {
      if (!this.#allowsKey) throw this.#here("a value cannot start with `? `; put it in quotes");
      this.#openBlock(this.#cursor.column, this.#cursor.position, "block-map-start");
    }
    this.#keys.drop();
    this.#mark("key", !isInFlow);
  }

  #value(): void {
    const key = this.#keys.current();
    if (key !== undefined) {
      const { position } = key;
      // The parser may have passed the key by (see SimpleKeys.close): then this comes last.
      const isPast = key.tokenNumber < this.#parsed;
      const index = isPast ? this.#tokens.length : this.#head + key.tokenNumber - this.#parsed;
      this.#tokens.splice(index, 0, { type: "key", start: position, end: position });
      this.#openBlock(position - key.lineStart, position, "block-map-start", isPast ? index + 1 : index);
      this.#keys.forget(key);
      this.#mark("value", false);
      return;
    }
    const isInFlow = this.#keys.flowLevel > 0;
    if (!isInFlow) {
      if (!this.#allowsKey) throw this.#noKeyHere();
      this.#openBlock(this.#cursor.column, this.#cursor.position, "block-map-start");
    }
    this.#mark("value", !isInFlow);
  }

  #noKeyHere(): TextError {
    const before = this.#tokens.at(-1) ?? this.#last;
    if (before?.type === "scalar" && /^--(?:\s|$)/.test(before.value)) {
      return this.#here("documents are separated by three hyphens: `---`");
    }
    return this.#here(
      before !== undefined && before.start < this.#cursor.lineStart
        ? "a key and its colon must stand on one line"
        : "a second `key: value` stands on one line; put it on its own line, or the value in quotes",
    );
  }

  #plain(): void {
    this.#saveKey(false);
    const { token, endsLine } = plainScalar(this.#cursor, this.#indent + 1, this.#keys.flowLevel > 0);
    this.#tokens.push(token);
    if (endsLine) this.#allowsKey = true;
  }

  #block(style: "literal" | "folded"): void {
    this.#keys.drop();
    this.#allowsKey = true;
    this.#tokens.push(blockScalar(this.#cursor, style, this.#indent));
  }

  /** A key may start at the cursor; behind it none may. */
  #saveKey(isBracket: boolean): void {
    const { position, lineStart, column } = this.#cursor;
    if (this.#allowsKey) {
      const isRequired = this.#keys.flowLevel === 0 && this.#indent === column;
      this.#keys.save({ tokenNumber: this.#nextNumber, position, lineStart, isRequired });
    }
    if (!isBracket) this.#allowsKey = false;
  }

  /** A list or map starts where the indentation grows. @param index where its token goes; by default, last */
  #openBlock(column: number, position: number, type: MarkType, index = this.#tokens.length): void {
    if (this.#keys.flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > MAX_LEVELS) throw tooManyLevels(position);
    this.#tokens.splice(index, 0, { type, start: position, end: position });
  }

  /** The lists and maps that are indented further end here. */
  #closeBlocks(column: number): void {
    if (this.#keys.flowLevel > 0) return;
    const { position } = this.#cursor;
    while (this.#indent > column) {
      this.#tokens.push({ type: "block-end", start: position, end: position });
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #here(message: string): TextError {
    return syntaxError(this.#cursor.position, this.#cursor.position + 1, message);
  }
}

function tooManyLevels(at: number): TextError {
  return new TextError("too-deep", { start: at, end: at }, "this is nested too deep to be read");
}
