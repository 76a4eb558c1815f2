import { TextError } from "../document/index.ts";
import { rangeOf } from "./nodes.ts";
import type { YamlNode } from "./parser/index.ts";

const SMALL_DOCUMENT = 400_000;
const LARGE_DOCUMENT = 4_000_000;

/** Enforces go-yaml's limit: 99% of a small document may come from aliases, but only a tenth of a large one. */
export class AliasBudget {
  #read = 0;
  #readByAlias = 0;
  #depth = 0;

  /** What is counted from here on comes from an alias. */
  enter(): void {
    this.#depth++;
  }

  leave(): void {
    this.#depth--;
  }

  /** @throws {TextError} if this node is one too many */
  count(node: YamlNode): void {
    this.#read++;
    if (this.#depth > 0) this.#readByAlias++;
    if (this.#readByAlias <= 100 || this.#read <= 1000) return;
    if (this.#readByAlias / this.#read <= allowedShare(this.#read)) return;
    const message = "aliases repeat so much of this document that the API server refuses it; write the values out";
    throw new TextError("too-many-aliases", rangeOf(node), message);
  }
}

function allowedShare(read: number): number {
  if (read <= SMALL_DOCUMENT) return 0.99;
  if (read >= LARGE_DOCUMENT) return 0.1;
  return 0.99 - (0.89 * (read - SMALL_DOCUMENT)) / (LARGE_DOCUMENT - SMALL_DOCUMENT);
}
