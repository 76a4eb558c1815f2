/** Edits of a manifest's text that fix findings. */
export { applyEdits, type Edit, editFor, isAboutKey, kindEdit } from "./edits.ts";
export { KeyRenames } from "./key-renames.ts";
