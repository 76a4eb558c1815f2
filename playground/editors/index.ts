/** Editors of the page's texts, with what the engine says of them. */
export { type Helper, TextEditor } from "./text-editor.ts";
