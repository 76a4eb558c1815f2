/** The answers to what editors ask about a document. */
export { codeActionsFor } from "./code-actions.ts";
export { definitionsAt } from "./definitions.ts";
