import type { Region, TextRange } from "./types.ts";

/** Turns offsets into lines and columns. The line starts are looked up when first asked for: most texts are never asked. */
export class Lines {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The line, from 1, that the offset is in. */
  lineOf(offset: number): number {
    const starts = this.#lineStarts();
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
    const starts = this.#lineStarts();
    const startLine = this.lineOf(range.start);
    const endLine = this.lineOf(range.end);
    return {
      startLine,
      startColumn: range.start - (starts[startLine - 1] ?? 0) + 1,
      endLine,
      endColumn: range.end - (starts[endLine - 1] ?? 0) + 1,
    };
  }

  /** The text of the lines `first` to `last`, both from 1 and included, without line ends. */
  slice(first: number, last: number): string[] {
    const starts = this.#lineStarts();
    const lines: string[] = [];
    for (let line = Math.max(1, first); line <= Math.min(last, starts.length); line++) {
      lines.push(this.text.slice(starts[line - 1], starts[line] ?? this.text.length).replace(/[\r\n]+$/, ""));
    }
    return lines;
  }

  #lineStarts(): number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (const lineEnd of this.text.matchAll(/\r\n|\n|\r/g)) starts.push(lineEnd.index + lineEnd[0].length);
    this.#starts = starts;
    return starts;
  }
}
