import { fstatSync, writeSync } from "node:fs";
import { errorCode } from "../field/index.ts";
import type { OutputStream } from "./standard-output.ts";

/**
 * A standard stream of this process. A file or a pipe (which may be a socket) is written to directly, which blocks as `process.stdout` does:
 * streams would be a large part of Node to load.
 */
export function standardStream(descriptor: 1 | 2): OutputStream {
  return isWrittenDirectly(descriptor) ? new DirectOutput(descriptor) : streamOf(descriptor);
}

/** Whether a standard stream is a terminal; without loading what `process.stderr` needs where it cannot be one. */
export function isTerminal(descriptor: 1 | 2): boolean {
  return !isWrittenDirectly(descriptor) && streamOf(descriptor).isTTY;
}

function streamOf(descriptor: 1 | 2): NodeJS.WriteStream {
  return descriptor === 1 ? process.stdout : process.stderr;
}

function isWrittenDirectly(descriptor: number): boolean {
  // On Windows, pipes are written to in other ways.
  if (process.platform === "win32") return false;
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() || stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

class DirectOutput implements OutputStream {
  readonly isTTY = false;
  readonly columns = 0;
  readonly #descriptor: 1 | 2;
  readonly #listeners: ((error: Error) => void)[] = [];
  /** Where the rest goes if the pipe does not block and is full. */
  #stream: OutputStream | undefined;

  constructor(descriptor: 1 | 2) {
    this.#descriptor = descriptor;
  }

  on(_event: "error", listener: (error: Error) => void): void {
    this.#listeners.push(listener);
  }

  write(text: string, done?: () => void): void {
    if (this.#stream !== undefined) {
      this.#stream.write(text, done);
      return;
    }
    const rest = this.#writeDirectly(Buffer.from(text));
    if (rest.length === 0) done?.();
    else this.#continueWith(streamOf(this.#descriptor), rest, done);
  }

  /** Returns what could not be written because the pipe is full. */
  #writeDirectly(bytes: Buffer): Buffer {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#descriptor, rest));
    } catch (error) {
      if (errorCode(error) === "EAGAIN") return rest;
      for (const listener of this.#listeners) listener(error instanceof Error ? error : new Error(String(error)));
    }
    return Buffer.alloc(0);
  }

  #continueWith(stream: OutputStream, rest: Buffer, done: (() => void) | undefined): void {
    for (const listener of this.#listeners) stream.on("error", listener);
    this.#stream = stream;
    stream.write(rest, done);
  }
}
