/**
 * The source of random decisions for generators: a small, fast random number generator (sfc32). The same seed draws the
 * same input.
 */
export class Draws {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(a: number, b = 0, c = 0) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `end - 1`. */
  below(end: number): number {
    return Math.floor((this.next() / 2 ** 32) * end);
  }

  /** A whole number from `first` to `last`. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** A whole number from `first` to `last`, small ones as often as large ones. */
  scaled(first: number, last: number): number {
    return Math.floor(first * (last / first) ** (this.next() / 2 ** 32));
  }

  /** True with a probability of 1 in this many. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of the values, which must not be empty or contain undefined. */
  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError("nothing to pick from");
    return value;
  }
}
