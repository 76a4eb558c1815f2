/** What may stand where in a document, and what it means: the words of hovers and completions. */
export { fieldName } from "./field-page.ts";
export { TARGET_PORT } from "./target-ports.ts";
export { code, type Expected, type FieldWord, RANKS, type Word } from "./word.ts";
export { expectedAt, pageAt } from "./words.ts";
