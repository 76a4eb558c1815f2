/** The answers to what editors ask about a document. */
export { codeActionsFor } from "./code-actions.ts";
export { completionsFor } from "./completions.ts";
export { definitionsAt } from "./definitions.ts";
export { documentOf, hintsFor, lensesFor, SHOW_STORED, storedFor, type StoredService } from "./stored.ts";
