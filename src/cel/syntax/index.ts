/** Reads expressions. */
export { issueText } from "./issue-text.ts";
export { parse, type Parsed } from "./parse.ts";
export { type Syntax } from "./syntax.ts";
