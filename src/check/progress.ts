import type { Stream } from "./output.ts";

/** How often the line is written anew, in milliseconds. */
const INTERVAL = 100;
const ERASE_LINE = "\r\u001b[2K";

/** A line at the foot of a terminal that says how far a run is. Writes nothing for a run that is done at once. */
export class Progress {
  readonly #stream: Stream;
  readonly #now: () => number;
  #written: number;
  #isShown = false;

  /** @param now a clock, in milliseconds */
  constructor(stream: Stream, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#written = now();
  }

  /** So many files have been checked. */
  update(files: number): void {
    const time = this.#now();
    if (time - this.#written < INTERVAL) return;
    this.#written = time;
    this.#isShown = true;
    this.#stream.write(`${ERASE_LINE}checked ${files.toLocaleString("en")} files ...`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#isShown) this.#stream.write(ERASE_LINE);
    this.#isShown = false;
  }
}
