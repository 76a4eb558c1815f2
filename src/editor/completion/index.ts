/** What can be written at a place of the text. */
export { completionsAt, takesTargetPort } from "./completions.ts";
