import { tooDeep } from "../../document/index.ts";
import type { TokenQueue } from "./token-queue.ts";
import type { MarkType } from "./tokens.ts";

/** go-yaml's limit. */
const MAX_LEVELS = 10_000;

/** The columns of the lists and maps without brackets that are open: they start and end where the indentation says so. */
export class Indentation {
  readonly #tokens: TokenQueue;
  readonly #outer: number[] = [];
  #column = -1;

  constructor(tokens: TokenQueue) {
    this.#tokens = tokens;
  }

  /** The column of the innermost list or map; -1 outside of all. */
  get column(): number {
    return this.#column;
  }

  /** Starts a list or map, if the column is further in. @param number of its token; by default, the last one */
  open(column: number, type: MarkType, position: number, number?: number): void {
    if (this.#column >= column) return;
    this.#outer.push(this.#column);
    this.#column = column;
    if (this.#outer.length > MAX_LEVELS) throw tooDeep(position);
    const token = { type, start: position, end: position };
    if (number === undefined) this.#tokens.push(token);
    else this.#tokens.insert(number, token);
  }

  /** Ends the lists and maps that are further in. */
  close(column: number, position: number): void {
    while (this.#column > column) {
      this.#tokens.push({ type: "block-end", start: position, end: position });
      this.#column = this.#outer.pop() ?? -1;
    }
  }
}
