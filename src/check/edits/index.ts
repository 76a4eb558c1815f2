/** Edits of the text that mend a finding. */
export { applyEdits, type Edit, editFor, isAboutKey, kindEdit } from "./edits.ts";
export { KeyRenames } from "./key-renames.ts";
