import { TextError } from "../../document/index.ts";
import {
  CARRIAGE_RETURN,
  DOT,
  HASH,
  HYPHEN,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  LINE_FEED,
  NEXT_LINE,
  SPACE,
} from "./characters.ts";

/** A position in the text of one stream, with the start of its line. */
export class Cursor {
  readonly text: string;
  /** The end of the stream, which may be before the end of the text. */
  readonly end: number;
  position: number;
  lineStart: number;
  /** Set at the end of the stream, which ends the last line. */
  isEnded = false;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.end = end;
    this.position = start;
    this.lineStart = start;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** The code of the character at this distance; NaN past the end. */
  peek(distance = 0): number {
    const at = this.position + distance;
    return at < this.end ? this.text.charCodeAt(at) : Number.NaN;
  }

  /** Whether the text goes on like this. */
  startsWith(text: string): boolean {
    return this.position + text.length <= this.end && this.text.startsWith(text, this.position);
  }

  skipSpaces(): void {
    while (this.peek() === SPACE) this.position++;
  }

  /** Skips spaces and tabs. */
  skipBlanks(): void {
    while (isBlank(this.peek())) this.position++;
  }

  /** Skips a comment, if one starts here. */
  skipComment(): void {
    if (this.peek() !== HASH) return;
    while (!isBreakOrEnd(this.peek())) this.position++;
  }

  /** Skips a line break, and returns it as go-yaml keeps it in values: as a line feed, unless it is U+2028 or U+2029. */
  takeBreak(): string {
    const code = this.peek();
    this.position += code === CARRIAGE_RETURN && this.peek(1) === LINE_FEED ? 2 : 1;
    this.lineStart = this.position;
    return code <= NEXT_LINE ? "\n" : String.fromCharCode(code);
  }

  /** Whether `---` or `...` stands here at the start of a line, and nothing behind it. */
  isAtDocumentIndicator(): boolean {
    if (this.position !== this.lineStart) return false;
    const code = this.peek();
    if (code !== HYPHEN && code !== DOT) return false;
    return this.peek(1) === code && this.peek(2) === code && isBlankOrEnd(this.peek(3));
  }

  /** Skips what may follow a directive or the header of a block scalar: blanks, a comment, the line break. */
  skipRestOfLine(start: number, what: string): void {
    this.skipBlanks();
    this.skipComment();
    if (!isBreakOrEnd(this.peek())) {
      throw this.errorHere(`only a comment may follow ${what} on its line`, start);
    }
    if (isBreak(this.peek())) this.takeBreak();
  }

  /** The error that the character at the cursor makes; at the end of the text it is that of `start`. */
  errorHere(message: string, start: number): TextError {
    return this.position < this.end
      ? syntaxError(this.position, this.position + 1, message)
      : syntaxError(start, start + 1, message);
  }
}

/** The error of a text that is no YAML. */
export function syntaxError(start: number, end: number, message: string): TextError {
  return new TextError("syntax", { start, end }, `this is not valid YAML: ${message}`);
}
