/** The tree of an expression. */
export * from "./ast.ts";
