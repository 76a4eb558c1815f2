/** Reads expressions. */
export { issueText } from "./issue-text.ts";
export { MAP_INSERT, type Syntax } from "./macros/index.ts";
export { parse, type Parsed } from "./parse.ts";
