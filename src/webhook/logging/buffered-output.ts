import type { Sink } from "./sink.ts";

/** The size from which waiting lines are written, in bytes: one write per line would cost more than judging a small review. */
const BATCH_SIZE = 8192;
/** How long a line waits for further lines, in milliseconds. */
const BATCH_DELAY = 100;
/** The size of a chunk, and so of the largest write, in bytes, unless a single text is larger. */
const CHUNK_SIZE = 65_536;
/** How many written chunks are kept for reuse: an output that falls behind would leave one after the other to the garbage collector. */
const MAX_SPARES = 16;
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

/** Whole texts that are written together. */
interface Chunk {
  readonly buffer: Buffer;
  bytes: number;
  texts: number;
}

/**
 * Buffers log lines for a sink that may be slow, full or closed. The buffer is limited: beyond the limit, lines are dropped
 * and counted. No failure of the sink ends or blocks the process.
 */
export class BufferedOutput {
  readonly #sink: Sink;
  readonly #maxWaiting: number;
  readonly #events: BufferedOutputEvents;
  /** Bytes, not strings: strings that wait would outlive the young generation of the heap, and make it grow. */
  #waiting: Chunk[] = [];
  /** The size of the waiting texts. */
  #bytes = 0;
  /** The bytes that are being written, or could not be written yet, and the buffer that holds them. */
  #current: { readonly bytes: Buffer; readonly buffer: Buffer } | undefined;
  /** Buffers that have been written, for the next chunks. */
  readonly #spares: Buffer[] = [];
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
    this.#append(text, bytes);
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

  #append(text: string, bytes: number): void {
    let chunk = this.#waiting.at(-1);
    if (chunk === undefined || chunk.bytes + bytes > chunk.buffer.length) {
      chunk = { buffer: this.#takeBuffer(bytes), bytes: 0, texts: 0 };
      this.#waiting.push(chunk);
    }
    chunk.buffer.write(text, chunk.bytes);
    chunk.bytes += bytes;
    chunk.texts++;
    this.#bytes += bytes;
  }

  #takeBuffer(size: number): Buffer {
    const spare = size > CHUNK_SIZE ? undefined : this.#spares.pop();
    return spare ?? Buffer.allocUnsafeSlow(Math.max(size, CHUNK_SIZE));
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
    const current = (this.#current ??= this.#takeChunk());
    if (current === undefined) {
      for (const done of this.#onFlushed.splice(0)) done();
      return;
    }
    this.#isWriting = true;
    const { bytes, buffer } = current;
    this.#sink(bytes, ({ bytes: written, error }) => {
      this.#isWriting = false;
      const isDone = written === bytes.length;
      this.#current = isDone ? undefined : { bytes: bytes.subarray(written), buffer };
      if (isDone && buffer.length === CHUNK_SIZE && this.#spares.length < MAX_SPARES) this.#spares.push(buffer);
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
    for (const { texts } of this.#waiting) for (let lost = texts; lost > 0; lost--) this.#events.dropped();
    this.#waiting = [];
    this.#bytes = 0;
    this.#writeNext();
  }

  #takeChunk(): { readonly bytes: Buffer; readonly buffer: Buffer } | undefined {
    const chunk = this.#waiting.shift();
    if (chunk === undefined) return undefined;
    this.#bytes -= chunk.bytes;
    return { bytes: chunk.buffer.subarray(0, chunk.bytes), buffer: chunk.buffer };
  }
}
