import { type Cursor, syntaxError } from "./cursor.ts";

/** The most characters between the start of a key and its colon. */
const MAX_KEY_LENGTH = 1024;

/** A place where a key may have started that has no `?` before it: a colon has yet to say so. */
export interface SimpleKey {
  readonly tokenNumber: number;
  readonly position: number;
  readonly lineStart: number;
  /** It stands where only a key may stand. */
  readonly isRequired: boolean;
}

/** The keys that may have started: at most one for each level of brackets. */
export class SimpleKeys {
  readonly #cursor: Cursor;
  readonly #levels: (SimpleKey | undefined)[] = [undefined];
  /** For each level, the token of the last key that may have started there; at first, that of its opening bracket. */
  readonly #lastTokens: number[] = [0];
  readonly #byToken = new Map<number, SimpleKey>();

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** How deep the cursor is in brackets. */
  get flowLevel(): number {
    return this.#levels.length - 1;
  }

  save(key: SimpleKey): void {
    this.drop();
    this.#levels[this.flowLevel] = key;
    this.#lastTokens[this.flowLevel] = key.tokenNumber;
    this.#byToken.set(key.tokenNumber, key);
  }

  /** Forgets the key of this level, because something else came before its colon. @throws {TextError} if one must be */
  drop(): void {
    const key = this.#levels[this.flowLevel];
    if (key === undefined) return;
    if (key.isRequired) throw this.#noColon(key);
    this.forget(key);
  }

  forget(key: SimpleKey): void {
    this.#levels[this.flowLevel] = undefined;
    this.#byToken.delete(key.tokenNumber);
  }

  /** The key of this level that a colon at the cursor would complete. */
  current(): SimpleKey | undefined {
    const key = this.#levels[this.flowLevel];
    return key !== undefined && this.#isPossible(key) ? key : undefined;
  }

  /** Whether the token may yet turn out to be the start of a key. */
  mayStartAt(tokenNumber: number): boolean {
    const key = this.#byToken.get(tokenNumber);
    if (key === undefined) return false;
    if (this.#isPossible(key)) return true;
    this.#byToken.delete(tokenNumber);
    return false;
  }

  /** @param tokenNumber the number of the opening bracket */
  open(tokenNumber: number): void {
    this.#levels.push(undefined);
    this.#lastTokens.push(tokenNumber);
  }

  /**
   * Where no key may have started between the brackets (`{}`), go-yaml forgets that the brackets themselves may be one: it
   * takes them for a value at once, and what follows for something else.
   */
  close(): void {
    if (this.flowLevel === 0) return;
    this.#levels.pop();
    this.#byToken.delete(this.#lastTokens.pop() ?? 0);
  }

  /** A key and its colon stand on one line, and not far from one another. */
  #isPossible(key: SimpleKey): boolean {
    const { position, lineStart, text } = this.#cursor;
    const isNear =
      position - key.position <= MAX_KEY_LENGTH ||
      (position - key.position <= 2 * MAX_KEY_LENGTH &&
        Array.from(text.slice(key.position, position)).length <= MAX_KEY_LENGTH);
    if (key.lineStart === lineStart && isNear && !this.#isAtEnd()) return true;
    if (key.isRequired) throw this.#noColon(key);
    return false;
  }

  /** The end of the text ends its last line, too. */
  #isAtEnd(): boolean {
    return this.#cursor.position >= this.#cursor.end && this.#cursor.isEnded;
  }

  #noColon(key: SimpleKey): Error {
    const { text, end } = this.#cursor;
    const line = /[^\r\n]*/y;
    line.lastIndex = key.position;
    const found = (line.exec(text)?.[0] ?? "").slice(0, Math.max(0, end - key.position)).trimEnd();
    const stop = key.position + Math.max(1, Math.min(found.length, MAX_KEY_LENGTH));
    return syntaxError(key.position, stop, missingColon(found));
  }
}

const NO_BLANK = /^[\w.-]+:(?=[^\s/])/;

function missingColon(line: string): string {
  if (line.length > MAX_KEY_LENGTH && line.includes(": ")) {
    return `a key is longer than ${MAX_KEY_LENGTH} characters`;
  }
  const key = NO_BLANK.exec(line)?.[0];
  if (key === undefined) return "a line of `key: value` is expected here, but no colon follows the key";
  return `a blank is missing after the colon: \`${key} ${line.slice(key.length).slice(0, 40)}\``;
}
