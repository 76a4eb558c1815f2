/** What the editor's room knows, in the terms of the protocol. */
export { codeAction, FIX_ALL, isWanted, type OfferedChange } from "./actions.ts";
export { shownDiagnostic, shownProblem } from "./diagnostics.ts";
export { shownCompletion, shownHint, shownHover } from "./help.ts";
export { closedDocument, offsetsOf, rangeOf, touches } from "./ranges.ts";
