import { visibleJson } from "../console/index.ts";

/** A JSON list that is written item by item, one per line, so that reports are not held in memory. */
export class StreamedList {
  readonly #head: string;
  #started = false;

  /** @param head the text before the first item, including the list's opening bracket */
  constructor(head: string) {
    this.#head = head;
  }

  /** The text of the next item, including the head or separator before it. */
  item(value: unknown): string {
    return `${this.#open(",")}\n${visibleJson(value)}`;
  }

  /** The text of the list's end. */
  close(): string {
    return `${this.#open("")}\n]`;
  }

  #open(separator: string): string {
    if (this.#started) return separator;
    this.#started = true;
    return this.#head;
  }
}
