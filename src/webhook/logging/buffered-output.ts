import type { Sink } from "./sink.ts";

/** Lines are written together: a write for each would cost more than the judgement of a small review. In bytes. */
const TOGETHER = 8192;
/** How long, in milliseconds, a line waits for others. */
const WAIT = 100;
/** How many bytes one write has at most. */
const MOST_AT_ONCE = 65_536;
/** How long, in milliseconds, until a write that failed is tried again: a disk may have room again. */
const RETRY = 500;

/** What is never mended by waiting: nobody is at the other end any more. */
const GONE = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "EBADF"]);

/** What the output says of itself. */
export interface BufferedOutputEvents {
  /** A line found no room. */
  readonly dropped: () => void;
  /** Lines can be written again after so many found no room. */
  readonly resumed: (dropped: number) => void;
}

/**
 * Lines on their way to a place that may be slow, full or gone. What waits is bounded: beyond it lines are dropped and
 * counted. Nothing that happens there ends the process or holds it up.
 */
export class BufferedOutput {
  readonly #sink: Sink;
  readonly #most: number;
  readonly #events: BufferedOutputEvents;
  #waiting: string[] = [];
  /** Of what waits. */
  #bytes = 0;
  /** What is being written, or could not be. */
  #current: Buffer | undefined;
  #isWriting = false;
  #isGone = false;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushed: (() => void)[] = [];

  /** @param most how many bytes may wait. */
  constructor(sink: Sink, most: number, events: BufferedOutputEvents) {
    this.#sink = sink;
    this.#most = most;
    this.#events = events;
  }

  /** Takes a line, or several: they are dropped or written whole. */
  readonly write = (text: string): void => {
    const bytes = Buffer.byteLength(text);
    if (this.#isGone || this.#bytes + bytes > this.#most) {
      this.#dropped++;
      this.#events.dropped();
      return;
    }
    this.#waiting.push(text);
    this.#bytes += bytes;
    if (this.#isWriting || this.#current !== undefined) return;
    if (this.#bytes >= TOGETHER) this.#next();
    else this.#later(WAIT);
  };

  /** Writes out what waits. @returns whether it is out within so many milliseconds. */
  flush(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(false);
      }, milliseconds);
      this.#flushed.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
      this.#next();
    });
  }

  #later(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#next();
    }, milliseconds).unref();
  }

  #next(): void {
    if (this.#isWriting) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const bytes = (this.#current ??= this.#take());
    if (bytes === undefined) {
      for (const done of this.#flushed.splice(0)) done();
      return;
    }
    this.#isWriting = true;
    this.#sink(bytes, ({ bytes: written, problem }) => {
      this.#isWriting = false;
      this.#current = written === bytes.length ? undefined : bytes.subarray(written);
      if (problem !== undefined) this.#failed(problem);
      else if (written === 0) this.#later(RETRY);
      else this.#succeeded();
    });
  }

  #succeeded(): void {
    const dropped = this.#dropped;
    if (dropped > 0 && this.#current === undefined) {
      this.#dropped = 0;
      this.#events.resumed(dropped);
    }
    if (this.#current !== undefined || this.#flushed.length > 0 || this.#bytes >= TOGETHER) this.#next();
    else if (this.#bytes > 0) this.#later(WAIT);
  }

  #failed({ code = "" }: NodeJS.ErrnoException): void {
    if (!GONE.has(code)) {
      this.#later(RETRY);
      return;
    }
    this.#isGone = true;
    this.#current = undefined;
    for (let lost = this.#waiting.length; lost > 0; lost--) this.#events.dropped();
    this.#waiting = [];
    this.#bytes = 0;
    this.#next();
  }

  /** As many whole texts as one write takes, and one at least. */
  #take(): Buffer | undefined {
    let [count, bytes] = [0, 0];
    for (const text of this.#waiting) {
      const more = Buffer.byteLength(text);
      if (count > 0 && bytes + more > MOST_AT_ONCE) break;
      count++;
      bytes += more;
    }
    if (count === 0) return undefined;
    this.#bytes -= bytes;
    return Buffer.from(this.#waiting.splice(0, count).join(""));
  }
}
