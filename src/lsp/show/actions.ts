import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as ShownDiagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Edit } from "../../examine/edits/index.ts";
import { rangeOf } from "./ranges.ts";

/** The kind of the action that makes all safe fixes of a file; editors can run it when a file is saved. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.fairlead`;

/** A change of a document, as an action that the editor offers. */
export interface OfferedChange {
  readonly title: string;
  readonly kind: string;
  readonly edits: readonly Edit[];
  readonly diagnostics?: readonly ShownDiagnostic[];
  /** Whether the editor may make it when somebody asks for a fix, without a choice. */
  readonly isPreferred?: boolean;
}

/** The action for a change. @param isVersioned whether the editor takes the version that the edits are for */
export function codeAction(change: OfferedChange, document: TextDocument, isVersioned: boolean): CodeAction {
  const { title, kind, edits, diagnostics, isPreferred } = change;
  return {
    title,
    kind,
    edit: workspaceEdit(document, edits, isVersioned),
    ...(diagnostics !== undefined && { diagnostics: [...diagnostics] }),
    ...(isPreferred === true && { isPreferred }),
  };
}

/** Whether an editor that asks for actions of these kinds wants one of the kind: `source` includes `source.fixAll`. */
export function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

function workspaceEdit(document: TextDocument, edits: readonly Edit[], isVersioned: boolean): WorkspaceEdit {
  const { uri, version } = document;
  const textEdits = edits.map((edit): TextEdit => ({ range: rangeOf(document, edit), newText: edit.after }));
  return isVersioned
    ? { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] }
    : { changes: { [uri]: textEdits } };
}
