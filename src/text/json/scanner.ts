import { NumberText } from "../../field/index.ts";
import { TextError } from "../document/index.ts";

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WHOLE = /^-?[0-9]+$/;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE_CODE = 0x20;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Scans the tokens of JSON by the rules of Go's decoder: no leading zeros, unknown escapes or control characters. */
export class JsonScanner {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  /** Skips white space and returns the next character, without consuming it; "" at the end. */
  next(): string {
    SPACE.lastIndex = this.position;
    SPACE.test(this.text);
    this.position = SPACE.lastIndex;
    return this.text.charAt(this.position);
  }

  /** Consumes the character if it is the next one. */
  take(character: string): boolean {
    if (this.next() !== character) return false;
    this.position++;
    return true;
  }

  /** Reads a string; the position must be at its opening quote. @throws {TextError} */
  string(): string {
    const start = this.position;
    let hasEscapes = false;
    for (let at = start + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        this.position = at + 1;
        const raw = this.text.slice(start + 1, at);
        return hasEscapes ? unescape(raw) : raw;
      }
      if (code < SPACE_CODE) {
        throw badText(at, at + 1, `a text cannot have \`${printable(this.text.charAt(at))}\` in it`);
      }
      if (code !== BACKSLASH) continue;
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(this.text))
        throw badText(at, at + 2, `\`${this.text.slice(at, at + 2)}\` is not a valid escape`);
      hasEscapes = true;
      at = ESCAPE.lastIndex - 1;
    }
    throw badText(start, start + 1, "this text has no closing quote");
  }

  /** Reads a number, `true`, `false` or `null`. @throws {TextError} */
  scalar(): unknown {
    for (const [literal, value] of LITERALS) {
      if (!this.text.startsWith(literal, this.position)) continue;
      this.position += literal.length;
      return value;
    }
    NUMBER.lastIndex = this.position;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.unexpected("a value");
    this.position += match[0].length;
    return numberOf(match[0]);
  }

  /** The error for the current position. @param expected what would be valid there */
  unexpected(expected: string): TextError {
    const found = this.text.charAt(this.position);
    const range = { start: this.position, end: Math.min(this.position + 1, this.text.length) };
    if (found === "")
      return new TextError("syntax", range, `this is not valid JSON: it ends where ${expected} should follow`);
    return new TextError(
      "syntax",
      range,
      `this is not valid JSON: ${expected} should stand here, not \`${printable(found)}\``,
    );
  }
}

function badText(start: number, end: number, what: string): TextError {
  return new TextError("syntax", { start, end }, `this is not valid JSON: ${what}`);
}

/** Like Go, replaces a lone surrogate by the replacement character. */
function unescape(raw: string): string {
  const value: unknown = JSON.parse(`"${raw}"`);
  return String(value).replace(LONE_SURROGATE, "\ufffd");
}

function printable(character: string): string {
  return character < " " || character === "\ufeff" ? JSON.stringify(character).slice(1, -1) : character;
}

/** The number, or its text if a JavaScript number cannot represent it. */
function numberOf(text: string): unknown {
  const value = Number(text);
  return WHOLE.test(text) && Number.isSafeInteger(value) ? value + 0 : new NumberText(text);
}
