import type { Stream } from "../../reports/index.ts";

/** How often, in milliseconds, the line is rewritten. */
const INTERVAL = 100;
const ERASE_LINE = "\r\u001b[2K";

/** A progress line at the bottom of a terminal. Writes nothing for a run that ends within the first interval. */
export class Progress {
  readonly #stream: Stream;
  readonly #now: () => number;
  #lastUpdate: number;
  #isShown = false;

  /** @param now a clock, in milliseconds */
  constructor(stream: Stream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#lastUpdate = now();
  }

  /** Shows how many files have been checked, at most once per interval. */
  update(files: number): void {
    const time = this.#now();
    if (time - this.#lastUpdate < INTERVAL) return;
    this.#lastUpdate = time;
    this.#isShown = true;
    this.#stream.write(`${ERASE_LINE}checked ${files.toLocaleString("en")} ${files === 1 ? "file" : "files"} ...`);
  }

  /** Erases the line, so that something else can be written. */
  clear(): void {
    if (this.#isShown) this.#stream.write(ERASE_LINE);
    this.#isShown = false;
  }
}
