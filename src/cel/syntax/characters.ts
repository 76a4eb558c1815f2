import { type CharStream, IntStream, type Interval } from "antlr4ng";

/** The lexer looks these up in a table; of others it works out each time what they can be. */
const LAST_OF_TABLE = 0x7f;

/**
 * A source for the lexer, by code points. All those beyond ASCII look like one of ASCII's that the grammar does not name either:
 * the lexer does the same with them, and is many times as fast.
 */
export class Characters implements CharStream {
  readonly name = "";
  readonly #source: string;
  readonly #codePoints: Uint32Array;
  #index = 0;

  constructor(source: string, codePoints: Uint32Array) {
    this.#source = source;
    this.#codePoints = codePoints;
  }

  get index(): number {
    return this.#index;
  }

  get size(): number {
    return this.#codePoints.length;
  }

  consume(): void {
    this.#index++;
  }

  LA(ahead: number): number {
    const codePoint = this.#codePoints[this.#index + (ahead < 0 ? ahead : ahead - 1)];
    return codePoint === undefined ? IntStream.EOF : Math.min(codePoint, LAST_OF_TABLE);
  }

  seek(index: number): void {
    this.#index = Math.min(index, this.size);
  }

  getTextFromRange(start: number, stop: number): string {
    // Where all code points are one unit of the string, their indices are the string's.
    if (this.#source.length === this.size) return this.#source.slice(start, stop + 1);
    return Array.from(this.#codePoints.subarray(start, stop + 1), (codePoint) => String.fromCodePoint(codePoint)).join(
      "",
    );
  }

  getTextFromInterval({ start, stop }: Interval): string {
    return this.getTextFromRange(start, stop);
  }

  reset(): void {
    this.#index = 0;
  }

  mark(): number {
    return 0;
  }

  release(): void {
    // All of the source stays at hand.
  }

  getSourceName(): string {
    return "<input>";
  }
}
