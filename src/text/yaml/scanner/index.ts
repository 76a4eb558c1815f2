/** Makes tokens of YAML text as go-yaml v2 does. */
export { Cursor, syntaxError } from "./cursor.ts";
export { Scanner } from "./scanner.ts";
export type { MarkToken, NameToken, ScalarStyle, ScalarToken, TagToken, Token } from "./tokens.ts";
