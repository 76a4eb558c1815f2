/** The tree of an expression. */
export * from "./ast.ts";
export * from "./operators.ts";
export { partsOf, variablesOf } from "./parts.ts";
