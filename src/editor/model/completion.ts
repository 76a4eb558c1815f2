import type { TextRange } from "../../text/document/index.ts";

/** What a completion stands for: editors show a symbol for each. */
export type CompletionKind = "field" | "value" | "annotation" | "label" | "rule" | "parameter";

/** A text that can stand at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown, shown for the chosen one. */
  readonly documentation?: string;
  /** What the text at the cursor is compared with, where it is not the label: behind a quote, the label with the quote. */
  readonly filterText?: string;
  /** What is replaced: the word at the cursor, which may be empty. */
  readonly range: TextRange;
  /** What it is replaced by; a field's has the colon and, for a list or a map, the next line with its indentation. */
  readonly text: string;
  /** The order among the others: the lowest comes first. */
  readonly rank: number;
}
