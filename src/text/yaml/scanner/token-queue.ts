import type { Token } from "./tokens.ts";

/** The tokens that were made and not yet read. Tokens are numbered from the start of the stream. */
export class TokenQueue {
  #tokens: Token[] = [];
  #head = 0;
  #firstNumber = 0;
  #lastRead: Token | undefined;

  get first(): Token | undefined {
    return this.#tokens[this.#head];
  }

  get firstNumber(): number {
    return this.#firstNumber;
  }

  /** The number of the token that is made next. */
  get nextNumber(): number {
    return this.#firstNumber + this.#tokens.length - this.#head;
  }

  get lastRead(): Token | undefined {
    return this.#lastRead;
  }

  get lastMade(): Token | undefined {
    return this.#tokens.at(-1) ?? this.#lastRead;
  }

  push(token: Token): void {
    this.#tokens.push(token);
  }

  /** Gives the token this number, and later ones the next; it becomes the last one if a token of that number was read. */
  insert(number: number, token: Token): void {
    if (number < this.#firstNumber) this.#tokens.push(token);
    else this.#tokens.splice(this.#head + number - this.#firstNumber, 0, token);
  }

  shift(): void {
    this.#lastRead = this.#tokens[this.#head];
    this.#head++;
    this.#firstNumber++;
    if (this.#head === this.#tokens.length) {
      this.#tokens = [];
      this.#head = 0;
    }
  }
}
