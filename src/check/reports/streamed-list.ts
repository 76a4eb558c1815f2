import { plainJson } from "./visible.ts";

/** A JSON list that is written item by item, one a line, so that no report is held in memory. */
export class StreamedList {
  readonly #head: string;
  #started = false;

  /** @param head what stands before the first item, up to and with the list's bracket */
  constructor(head: string) {
    this.#head = head;
  }

  /** The text of the next item, with all that has to stand before it. */
  item(value: unknown): string {
    return `${this.#open(",")}\n${plainJson(value)}`;
  }

  /** The list's end. */
  close(): string {
    return `${this.#open("")}\n]`;
  }

  #open(between: string): string {
    if (this.#started) return between;
    this.#started = true;
    return this.#head;
  }
}
