import type { Region, TextRange } from "./types.ts";

/** Converts offsets to lines and columns. Line starts are searched only as far as needed. */
export class Lines {
  readonly text: string;
  readonly #starts: number[] = [0];
  readonly #lineEnd = /\r\n|\n|\r/g;
  #isComplete = false;

  constructor(text: string) {
    this.text = text;
  }

  /** The line of the offset, from 1. */
  lineOf(offset: number): number {
    const starts = this.#startsTo(offset);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The lines and columns of a range. */
  region(range: TextRange): Region {
    const starts = this.#startsTo(range.end);
    const startLine = this.lineOf(range.start);
    const endLine = this.lineOf(range.end);
    return {
      startLine,
      startColumn: range.start - (starts[startLine - 1] ?? 0) + 1,
      endLine,
      endColumn: range.end - (starts[endLine - 1] ?? 0) + 1,
    };
  }

  /** The offsets of a region of this text. */
  range({ startLine, startColumn, endLine, endColumn }: Region): TextRange {
    return { start: this.#offset(startLine, startColumn), end: this.#offset(endLine, endColumn) };
  }

  #offset(line: number, column: number): number {
    while (this.#starts.length < line && this.#findNext());
    return Math.min((this.#starts[line - 1] ?? this.text.length) + column - 1, this.text.length);
  }

  /** The text of the lines `first` to `last`, both from 1 and included, without line breaks. */
  slice(first: number, last: number): string[] {
    const starts = this.#starts;
    const lines: string[] = [];
    // The end of the last line is needed too: that is where the next one starts.
    while (starts.length <= last && this.#findNext());
    for (let line = Math.max(1, first); line <= Math.min(last, starts.length); line++) {
      lines.push(this.text.slice(starts[line - 1], this.#endOf(line)));
    }
    return lines;
  }

  /** Whether the range contains a line break. */
  spansLines({ start, end }: TextRange): boolean {
    return this.lineOf(end) > this.lineOf(start);
  }

  /** The offset of the end of the line that contains the offset, without its line break. */
  lineEnd(offset: number): number {
    const line = this.lineOf(offset);
    while (this.#starts.length <= line && this.#findNext());
    return this.#endOf(line);
  }

  /** The end of a line, once the start of its successor (if any) is known. */
  #endOf(line: number): number {
    const next = this.#starts[line];
    if (next === undefined) return this.text.length;
    return next - (this.text.startsWith("\r\n", next - 2) ? 2 : 1);
  }

  /** The starts of all lines up to the one that contains the offset, and possibly more. */
  #startsTo(offset: number): readonly number[] {
    while ((this.#starts.at(-1) ?? 0) <= offset && this.#findNext());
    return this.#starts;
  }

  /** Finds the next line start; false if there is none. */
  #findNext(): boolean {
    if (this.#isComplete) return false;
    const lineEnd = this.#lineEnd.exec(this.text);
    if (lineEnd === null) this.#isComplete = true;
    else this.#starts.push(lineEnd.index + lineEnd[0].length);
    return lineEnd !== null;
  }
}
