import type { Sink } from "./sink.ts";

/** The size from which waiting lines are written, in bytes: one write per line would cost more than judging a small review. */
const BATCH_SIZE = 8192;
/** How long a line waits for further lines, in milliseconds. */
const BATCH_DELAY = 100;
/** The maximum size of one write, in bytes, unless a single text is larger. */
const MAX_WRITE = 65_536;
/** The delay before a failed write is tried again, in milliseconds: a full disk may have space again. */
const RETRY_DELAY = 500;

/** Error codes that waiting does not help with: the reader no longer exists. */
const CLOSED_CODES = new Set(["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "EBADF"]);

/** Callbacks of an output. */
export interface BufferedOutputEvents {
  /** A text was dropped because too much is waiting. */
  readonly dropped: () => void;
  /** Writing works again after this number of texts was dropped. */
  readonly resumed: (dropped: number) => void;
}

/**
 * Buffers log lines for a sink that may be slow, full or closed. The buffer is limited: beyond the limit, lines are dropped
 * and counted. No failure of the sink ends or blocks the process.
 */
export class BufferedOutput {
  readonly #sink: Sink;
  readonly #maxWaiting: number;
  readonly #events: BufferedOutputEvents;
  #waiting: string[] = [];
  /** The size of the waiting texts. */
  #bytes = 0;
  /** The bytes that are being written, or could not be written yet. */
  #current: Buffer | undefined;
  #isWriting = false;
  #isClosed = false;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #onFlushed: (() => void)[] = [];

  /** @param maxWaiting the maximum size of the waiting texts, in bytes */
  constructor(sink: Sink, maxWaiting: number, events: BufferedOutputEvents) {
    this.#sink = sink;
    this.#maxWaiting = maxWaiting;
    this.#events = events;
  }

  /** Accepts a text of one or more lines, which is either written or dropped as a whole. */
  readonly write = (text: string): void => {
    const bytes = Buffer.byteLength(text);
    if (this.#isClosed || this.#bytes + bytes > this.#maxWaiting) {
      this.#dropped++;
      this.#events.dropped();
      return;
    }
    this.#waiting.push(text);
    this.#bytes += bytes;
    if (this.#isWriting || this.#current !== undefined) return;
    if (this.#bytes >= BATCH_SIZE) this.#writeNext();
    else this.#scheduleWrite(BATCH_DELAY);
  };

  /**
   * Writes everything that waits.
   * @param timeout in milliseconds
   * @returns whether everything was written in time
   */
  flush(timeout: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(false);
      }, timeout);
      this.#onFlushed.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
      this.#writeNext();
    });
  }

  #scheduleWrite(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#writeNext();
    }, milliseconds).unref();
  }

  #writeNext(): void {
    if (this.#isWriting) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const bytes = (this.#current ??= this.#takeBatch());
    if (bytes === undefined) {
      for (const done of this.#onFlushed.splice(0)) done();
      return;
    }
    this.#isWriting = true;
    this.#sink(bytes, ({ bytes: written, error }) => {
      this.#isWriting = false;
      this.#current = written === bytes.length ? undefined : bytes.subarray(written);
      if (error !== undefined) this.#onError(error);
      else if (written === 0) this.#scheduleWrite(RETRY_DELAY);
      else this.#onWritten();
    });
  }

  #onWritten(): void {
    const dropped = this.#dropped;
    if (dropped > 0 && this.#current === undefined) {
      this.#dropped = 0;
      this.#events.resumed(dropped);
    }
    if (this.#current !== undefined || this.#onFlushed.length > 0 || this.#bytes >= BATCH_SIZE) this.#writeNext();
    else if (this.#bytes > 0) this.#scheduleWrite(BATCH_DELAY);
  }

  #onError({ code = "" }: NodeJS.ErrnoException): void {
    if (!CLOSED_CODES.has(code)) {
      this.#scheduleWrite(RETRY_DELAY);
      return;
    }
    this.#isClosed = true;
    this.#current = undefined;
    for (let lost = this.#waiting.length; lost > 0; lost--) this.#events.dropped();
    this.#waiting = [];
    this.#bytes = 0;
    this.#writeNext();
  }

  /** Removes as many whole texts as fit into one write, but at least one. */
  #takeBatch(): Buffer | undefined {
    let [count, bytes] = [0, 0];
    for (const text of this.#waiting) {
      const size = Buffer.byteLength(text);
      if (count > 0 && bytes + size > MAX_WRITE) break;
      count++;
      bytes += size;
    }
    if (count === 0) return undefined;
    this.#bytes -= bytes;
    return Buffer.from(this.#waiting.splice(0, count).join(""));
  }
}
