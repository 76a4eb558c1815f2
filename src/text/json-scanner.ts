import { NumberText } from "../field/json.ts";
import { Unreadable } from "./unreadable.ts";

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WHOLE = /^-?[0-9]+$/;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE_CODE = 0x20;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Reads the tokens of JSON by the rules of Go's encoding: no leading zeros, no unknown escapes, no control characters. */
export class JsonScanner {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  /** The next character that is no white space, which it stands at then; "" at the end. */
  next(): string {
    SPACE.lastIndex = this.position;
    SPACE.test(this.text);
    this.position = SPACE.lastIndex;
    return this.text.charAt(this.position);
  }

  /** Takes the character if it comes next. */
  take(character: string): boolean {
    if (this.next() !== character) return false;
    this.position++;
    return true;
  }

  /** A text between quotes. */
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
      if (!ESCAPE.test(this.text)) throw badText(at, at + 2, `\`${this.text.slice(at, at + 2)}\` is no escape`);
      hasEscapes = true;
      at = ESCAPE.lastIndex - 1;
    }
    throw badText(start, start + 1, "this text has no closing quote");
  }

  /** A number, `true`, `false` or `null`. */
  scalar(): unknown {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.position)) continue;
      this.position += word.length;
      return value;
    }
    NUMBER.lastIndex = this.position;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.unexpected("a value");
    this.position += match[0].length;
    return numberOf(match[0]);
  }

  /** What is wrong at the place where it stands. */
  unexpected(wanted: string): Unreadable {
    const found = this.text.charAt(this.position);
    const range = { start: this.position, end: Math.min(this.position + 1, this.text.length) };
    if (found === "") return new Unreadable("syntax", range, `this is no JSON: it ends where ${wanted} should follow`);
    return new Unreadable("syntax", range, `this is no JSON: ${wanted} should stand here, not \`${printable(found)}\``);
  }
}

function badText(start: number, end: number, what: string): Unreadable {
  return new Unreadable("syntax", { start, end }, `this is no JSON: ${what}`);
}

/** Go puts the replacement character where half of a surrogate pair stands alone. */
function unescape(raw: string): string {
  const value: unknown = JSON.parse(`"${raw}"`);
  return String(value).replace(LONE_SURROGATE, "\ufffd");
}

function printable(character: string): string {
  return character < " " || character === "\ufeff" ? JSON.stringify(character).slice(1, -1) : character;
}

/** A number as JSON values hold it, or its text where they cannot. */
function numberOf(text: string): unknown {
  const value = Number(text);
  return WHOLE.test(text) && Number.isSafeInteger(value) ? value + 0 : new NumberText(text);
}
