import { readSync } from "node:fs";
import { errorCode } from "../field/file-error.ts";

const CHUNK = 64 * 1024;
/** How long to wait for more, in milliseconds, where the system does not do the waiting. */
const PAUSE = 5;

/**
 * All that comes through a pipe, up to `limit` bytes and one chunk: more is not waited for. It is read piece by piece,
 * because a pipe may be set not to block (by a library, or by whoever started this program): then reading it before the
 * other side has written fails with EAGAIN, and is to be tried again.
 */
export function readPipe(descriptor: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= limit) {
    const chunk = Buffer.allocUnsafe(CHUNK);
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

/** How many bytes came; 0 at the end, undefined if there are none yet. */
function readChunk(descriptor: number, chunk: Buffer): number | undefined {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EAGAIN") return undefined;
    // Windows ends a pipe so.
    if (code === "EOF") return 0;
    throw error;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}
