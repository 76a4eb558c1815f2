import type { SketchScalar } from "./sketch.ts";

const isSpace = (char: string | undefined): boolean => char === " " || char === "\t" || char === "\r";

/** A position in a text, and what the readers of both styles ask about it. */
export class Scanner {
  readonly text: string;
  readonly end: number;
  position: number;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.position = start;
    this.end = end;
  }

  /** The character at the position; undefined at the end. */
  char(): string | undefined {
    return this.position < this.end ? this.text[this.position] : undefined;
  }

  isAtEnd(): boolean {
    return this.position >= this.end;
  }

  /** The column of an offset, from 0. */
  column(at = this.position): number {
    return at - lineStart(this.text, at);
  }

  /** The end of the line that the offset is on, without its line break. */
  lineEnd(at = this.position): number {
    const found = this.text.indexOf("\n", at);
    const end = found < 0 || found > this.end ? this.end : found;
    return end > at && this.text[end - 1] === "\r" ? end - 1 : end;
  }

  /** Skips blanks within the line. */
  skipSpaces(): void {
    while (!this.isAtEnd() && isSpace(this.text[this.position])) this.position++;
  }

  /** Whether nothing but a comment follows on the line. */
  isRestEmpty(): boolean {
    this.skipSpaces();
    return this.isAtEnd() || this.char() === "\n" || (this.char() === "#" && this.isBehindSpace(this.position));
  }

  /** Whether the offset is at the start of a line or behind a blank: there, `#` starts a comment. */
  isBehindSpace(at: number): boolean {
    const before = this.text[at - 1];
    return before === undefined || before === "\n" || isSpace(before);
  }

  /** Skips blanks, line breaks and comments; in block style also lines of a template. */
  skipBlank(isFlow = false): void {
    while (!this.isAtEnd()) {
      this.skipSpaces();
      const isComment = this.char() === "#" && this.isBehindSpace(this.position);
      if (this.char() === "\n") this.position++;
      else if (isComment || (!isFlow && this.#isTemplateLine())) this.position = this.lineEnd();
      else if (this.position === 0 && this.char() === "\ufeff") this.position++;
      else return;
    }
  }

  /** Whether the line holds nothing but an action of a template, such as `{{- if .Values.x }}`. */
  #isTemplateLine(): boolean {
    if (!this.text.startsWith("{{", this.position)) return false;
    const line = this.text.slice(lineStart(this.text, this.position), this.lineEnd());
    return /^\s*(?:\{\{.*?\}\}\s*)+$/.test(line);
  }

  /** Skips anchors and tags before a node on this line. */
  skipProperties(): void {
    for (;;) {
      this.skipSpaces();
      if (this.char() !== "&" && this.char() !== "!") return;
      while (!this.isAtEnd() && !isSpace(this.char()) && this.char() !== "\n") this.position++;
    }
  }

  /** Whether a dash of a list is here. */
  isDash(): boolean {
    return this.char() === "-" && this.isBlankAt(this.position + 1);
  }

  /** Whether a blank, a line break or the end is at the offset. */
  isBlankAt(at: number): boolean {
    return at >= this.end || isSpace(this.text[at]) || this.text[at] === "\n";
  }

  /** A scalar in quotes, which is here. Where the quote does not close, it ends with its line. @param parent the column that continuation lines are behind */
  quoted(parent: number): SketchScalar {
    const start = this.position;
    const quote = this.char() === "'" ? "'" : '"';
    const close = this.#closingQuote(start + 1, quote, parent);
    const end = close ?? this.lineEnd(start);
    this.position = close === undefined ? end : end + 1;
    const raw = this.text.slice(start + 1, end);
    const text = quote === "'" ? raw.replaceAll("''", "'") : unescaped(raw);
    return { kind: "scalar", start, end: this.position, text, style: quote === "'" ? "single" : "double" };
  }

  #closingQuote(from: number, quote: string, parent: number): number | undefined {
    for (let at = from; at < this.end; at++) {
      const char = this.text[at];
      if (char === "\\" && quote === '"') at++;
      else if (char === quote && quote === "'" && this.text[at + 1] === quote) at++;
      else if (char === quote) return at;
      else if (char === "\n" && !this.#isContinuedAt(at + 1, parent)) return this.#lonelyQuoteAt(at + 1, quote, parent);
    }
    return undefined;
  }

  /** The quote that is alone on its line: there, it closes whatever its column is. */
  #lonelyQuoteAt(start: number, quote: string, parent: number): number | undefined {
    if (parent === Infinity) return undefined;
    const line = this.text.slice(start, this.lineEnd(start));
    return line.trim() === quote ? start + line.indexOf(quote) : undefined;
  }

  /** Whether the line that starts at the offset is blank or behind the column. */
  #isContinuedAt(start: number, parent: number): boolean {
    let at = start;
    while (at < this.end && isSpace(this.text[at])) at++;
    return at < this.end && (this.text[at] === "\n" || at - start > parent);
  }
}

/** The offset at which the line of an offset starts: that of the first line is behind the byte order mark, if there is one. */
export function lineStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return start === 0 && text.startsWith("\ufeff") ? 1 : start;
}

/** The line break that the text uses. */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** The content of double quotes; as it is, if it has escapes that JSON does not know. */
function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    const value: unknown = JSON.parse(`"${raw}"`);
    return typeof value === "string" ? value : raw;
  } catch {
    return raw;
  }
}
