/** Reads files and standard input, and writes files atomically. */
export { escapeReason } from "./confined-path.ts";
export { isBelow } from "./file-path.ts";
export { OutputFile, writeOutput } from "./output-file.ts";
export { type Encoding, encodeText } from "./encoding.ts";
export { readNamedFile, readSource, type Source, STANDARD_INPUT } from "./read-source.ts";
export { replaceFile } from "./replace-file.ts";
export { cleanUpOnSignals } from "./temporary-file.ts";
export { WritableTree } from "./writable-tree.ts";
