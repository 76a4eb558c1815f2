import { readSync } from "node:fs";
import { errorCode } from "../field/index.ts";

/** In bytes. */
const CHUNK_SIZE = 64 * 1024;
/** How long to wait before reading a non-blocking pipe again. */
const RETRY_MS = 5;

/**
 * Reads a pipe to its end, or until more than `limit` bytes are read. It is read in chunks, because the pipe may be
 * non-blocking (set by a library, or by the parent process): then a read before the other side has written fails with
 * EAGAIN and must be repeated.
 * @throws the system's error
 */
export function readPipe(descriptor: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= limit) {
    const chunk = Buffer.allocUnsafe(CHUNK_SIZE);
    const count = readChunk(descriptor, chunk);
    if (count === 0) break;
    if (count === undefined) {
      pause();
      continue;
    }
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return Buffer.concat(chunks);
}

/** How many bytes were read; 0 at the end, undefined if there are none yet. */
function readChunk(descriptor: number, chunk: Buffer): number | undefined {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EAGAIN") return undefined;
    // How Windows reports the end of a pipe.
    if (code === "EOF") return 0;
    throw error;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
}
