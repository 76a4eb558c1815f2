/** What an editor shows about a text: the vocabulary that the language server and the playground have in common. */
export type { Completion, CompletionKind } from "./completion.ts";
export type { Diagnostic, DiagnosticSubject, Fix } from "./diagnostic.ts";
export type { Hint, Hover, Lens } from "./hover.ts";
