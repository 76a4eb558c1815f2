import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import type { Diagnostic } from "../../editor/model/index.ts";
import { type Analysed, diagnosticsOf } from "../session/index.ts";
import {
  codeAction,
  FIX_ALL,
  isWanted,
  offsetsOf,
  type OfferedChange,
  shownDiagnostic,
  touches,
} from "../show/index.ts";

/** What can be done about the findings at a range: each fix, and all safe ones of the file. */
export function codeActionsFor(analysed: Analysed, params: CodeActionParams, isVersioned: boolean): CodeAction[] {
  const { document } = analysed;
  const range = offsetsOf(document, params.range);
  const { only } = params.context;
  const changes = [
    ...(isWanted(CodeActionKind.QuickFix, only)
      ? diagnosticsOf(analysed)
          .filter((diagnostic) => touches(diagnostic, range))
          .flatMap((diagnostic) => fixesOf(diagnostic, analysed))
      : []),
    ...(isWanted(FIX_ALL, only) ? allFixes(analysed) : []),
  ];
  return changes.map((change) => codeAction(change, document, isVersioned));
}

function fixesOf(diagnostic: Diagnostic, { document }: Analysed): OfferedChange[] {
  const diagnostics = [shownDiagnostic(diagnostic, document)];
  return diagnostic.fixes.map(({ title, edits, isSafe }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    edits,
    diagnostics,
    isPreferred: isSafe && diagnostic.fixes.length === 1,
  }));
}

function allFixes({ analysis }: Analysed): OfferedChange[] {
  const edits = analysis.diagnostics.flatMap(({ fixes }) =>
    fixes.filter(({ isSafe }) => isSafe).flatMap((fix) => fix.edits),
  );
  return edits.length === 0 ? [] : [{ title: "Fix all that has a plain fix (Fairlead)", kind: FIX_ALL, edits }];
}
