import type { Severity } from "../../examine/model/index.ts";
import type { TextRange } from "../../text/document/index.ts";
import type { Edit } from "../../examine/edits/index.ts";

/** A change that an editor offers for a diagnostic. */
export interface Fix {
  /** What it does, as a menu shows it: `Replace "Tcp" with "TCP"`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Whether the editor may make it without a choice: it keeps the author's meaning, as `check --fix` does. */
  readonly isSafe: boolean;
}

/** What a diagnostic is about; absent for one about a file. */
export interface DiagnosticSubject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A finding of `fairlead check` at its place in the text. */
export interface Diagnostic extends TextRange {
  readonly severity: Severity;
  /** The rule's id, as the report shows it: `port-range`, `policy/named-ports`, `not-yaml`. */
  readonly code: string;
  /** The URL of the rule's page. */
  readonly href: string;
  /** What is wrong, without the fix. */
  readonly message: string;
  /** What would be right, in words. */
  readonly advice?: string;
  /** The field path, as the API server writes it; empty for a finding about a file. */
  readonly field: string;
  readonly subject?: DiagnosticSubject;
  /** The policy's name, for a finding of a policy. */
  readonly policy?: string;
  /** Why it does not count, for one that an exemption covers: editors show it faintly. */
  readonly suppressed?: string;
  readonly fixes: readonly Fix[];
}
