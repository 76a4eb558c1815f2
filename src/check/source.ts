import { isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:fs";
import { fileErrorReason } from "../field/file-error.ts";
import { readPipe } from "./pipe.ts";

/** A text that was read, or why it could not be. */
export type Source = { readonly text: string } | { readonly unreadable: string; readonly line?: number };

/** Standard input, as users name it. */
export const STANDARD_INPUT = "-";

const MEBIBYTE = 1024 * 1024;
/** More than this cannot be held as one text; nobody writes such a file by hand. */
const LARGEST_FILE = 256 * MEBIBYTE;
/** The API server takes requests of up to 3 MiB; a List of a whole cluster may be some times larger. */
const LARGEST_DOCUMENT = 32 * MEBIBYTE;

/** Files that a shell hands over by number (`<(helm template ...)`) are pipes, and meant to be read. */
const HANDED_OVER = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** Reads a file. Never blocks on a pipe that nobody writes to. */
export function readSource(file: string): Source {
  let descriptor: number | undefined;
  try {
    if (file === STANDARD_INPUT) return decodeText(readPipe(0, LARGEST_FILE));
    descriptor = openSync(file, constants.O_RDONLY | (HANDED_OVER.test(file) ? 0 : constants.O_NONBLOCK));
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { unreadable: "this is a folder" };
    if (!stats.isFile() && !HANDED_OVER.test(file)) {
      return { unreadable: `this is no regular file; pipe what it holds into \`fairlead check ${STANDARD_INPUT}\`` };
    }
    if (stats.size > LARGEST_FILE) return { unreadable: tooLarge("file", stats.size, LARGEST_FILE) };
    return decodeText(stats.isFile() ? readFileSync(descriptor) : readPipe(descriptor, LARGEST_FILE));
  } catch (error) {
    return { unreadable: fileErrorReason(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Turns bytes into text: UTF-8, as the API server expects it. */
export function decodeText(bytes: Buffer): Source {
  if (bytes.length > LARGEST_FILE) {
    return { unreadable: `this is more than the ${LARGEST_FILE / MEBIBYTE} MiB that can be read; split it` };
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { unreadable: "this is UTF-16; save it as UTF-8" };
  }
  const text = bytes.toString("utf8");
  if (!isUtf8(bytes)) {
    const line = text.slice(0, text.indexOf("\ufffd")).split("\n").length;
    return { unreadable: "this is no UTF-8: a byte on this line belongs to no character; save it as UTF-8", line };
  }
  return oversized(text) ?? { text };
}

function oversized(text: string): Source | undefined {
  if (text.length <= LARGEST_DOCUMENT) return undefined;
  let start = 0;
  let line = 1;
  for (const separator of text.matchAll(/^---/gm)) {
    if (separator.index - start > LARGEST_DOCUMENT) break;
    line += countLines(text, start, separator.index);
    start = separator.index;
  }
  const end = text.indexOf("\n---", start + 1);
  const size = (end === -1 ? text.length : end) - start;
  return size > LARGEST_DOCUMENT ? { unreadable: tooLarge("document", size, LARGEST_DOCUMENT), line } : undefined;
}

function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function tooLarge(what: string, size: number, limit: number): string {
  return `this ${what} has ${Math.ceil(size / MEBIBYTE)} MiB, and up to ${limit / MEBIBYTE} MiB can be read; split it`;
}
