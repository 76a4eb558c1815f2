import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { fileErrorReason } from "../field/index.ts";
import { decodeBytes, type Encoding } from "./encoding.ts";
import { readPipe } from "./read-pipe.ts";

/** A text that was read, or why it could not be, with the line if there is one. */
export type Source =
  { readonly text: string; readonly encoding: Encoding } | { readonly unreadable: string; readonly line?: number };

/** The path that names standard input. */
export const STANDARD_INPUT = "-";

const MEBIBYTE = 1024 * 1024;
/** A larger file cannot be held as one string, and nobody writes one by hand. */
const MAX_FILE_BYTES = 256 * MEBIBYTE;
/**
 * In UTF-16 units. The API server accepts requests of up to 3 MiB; a List of a whole cluster may be several times
 * larger.
 */
const MAX_DOCUMENT_UNITS = 32 * MEBIBYTE;

/** Paths of files that a shell passes by descriptor (`<(helm template ...)`): these pipes are read to their end. */
const PASSED_BY_DESCRIPTOR = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** Reads a file or standard input. Never blocks on a named pipe that nobody writes to. */
export function readSource(file: string): Source {
  return read(file, PASSED_BY_DESCRIPTOR.test(file));
}

/** Reads a file that another file names: that may name anything, and no pipe is read for it. */
export function readNamedFile(file: string): Source {
  return file === STANDARD_INPUT ? { unreadable: "this is no file" } : read(file, false);
}

function read(file: string, isPipe: boolean): Source {
  let descriptor: number | undefined;
  try {
    if (file === STANDARD_INPUT) return decodeText(readPipe(0, MAX_FILE_BYTES));
    descriptor = openSync(file, constants.O_RDONLY | (isPipe ? 0 : constants.O_NONBLOCK));
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { unreadable: "this is a folder" };
    if (!stats.isFile() && !isPipe) {
      return { unreadable: `this is not a regular file; pipe what it holds into \`fairlead check ${STANDARD_INPUT}\`` };
    }
    if (stats.size > MAX_FILE_BYTES) return { unreadable: tooLarge("file", stats.size, MAX_FILE_BYTES) };
    return decodeText(stats.isFile() ? bytesOf(descriptor, stats.size) : readPipe(descriptor, MAX_FILE_BYTES));
  } catch (error) {
    return { unreadable: fileErrorReason(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Holds what is read of a small file until it is decoded: a memory of its own for each file costs more than reading it. */
const SMALL_FILE = Buffer.allocUnsafeSlow(64 * 1024);

/** The bytes of a file, until the next call. @param size its size; 0 for one of the system, which does not know its own */
function bytesOf(descriptor: number, size: number): Buffer {
  if (size === 0 || size > SMALL_FILE.length) return readFileSync(descriptor);
  let end = 0;
  for (let read = -1; read !== 0 && end < size; end += read)
    read = readSync(descriptor, SMALL_FILE, end, size - end, null);
  return SMALL_FILE.subarray(0, end);
}

function decodeText(bytes: Buffer): Source {
  if (bytes.length > MAX_FILE_BYTES) {
    return { unreadable: `this is more than the ${MAX_FILE_BYTES / MEBIBYTE} MiB that can be read; split it` };
  }
  const decoded = decodeBytes(bytes);
  return "unreadable" in decoded ? decoded : (oversized(decoded.text) ?? decoded);
}

function oversized(text: string): Source | undefined {
  if (text.length <= MAX_DOCUMENT_UNITS) return undefined;
  let start = 0;
  let line = 1;
  for (const separator of text.matchAll(/^---/gm)) {
    if (separator.index - start > MAX_DOCUMENT_UNITS) break;
    line += countLines(text, start, separator.index);
    start = separator.index;
  }
  const end = text.indexOf("\n---", start + 1);
  const size = (end === -1 ? text.length : end) - start;
  return size > MAX_DOCUMENT_UNITS ? { unreadable: tooLarge("document", size, MAX_DOCUMENT_UNITS), line } : undefined;
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let index = text.indexOf("\n", start); index !== -1 && index < end; index = text.indexOf("\n", index + 1))
    count++;
  return count;
}

function tooLarge(what: string, size: number, limit: number): string {
  return `this ${what} has ${Math.ceil(size / MEBIBYTE)} MiB, and up to ${limit / MEBIBYTE} MiB can be read; split it`;
}
