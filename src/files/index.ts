/** Files and standard input, read and written whole or not at all. */
export { escapeReason } from "./confined-path.ts";
export { OutputFile, writeOutput } from "./output-file.ts";
export { readSource, STANDARD_INPUT } from "./read-source.ts";
export { replaceFile } from "./replace.ts";
export { cleanUpOnSignals } from "./temporary-file.ts";
export { WritableTree } from "./tree.ts";
