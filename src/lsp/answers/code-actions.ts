import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { exemptionsAt, fixAll, fixesAt, type FixOf } from "../../editor/fixes/index.ts";
import type { Analysed } from "../session/index.ts";
import { codeAction, FIX_ALL, isWanted, offsetsOf, type OfferedChange, shownDiagnostic } from "../show/index.ts";

/** What can be done about the findings at a range: fixes, exemptions where a policy allows them, and all plain fixes of the file. */
export function codeActionsFor(analysed: Analysed, params: CodeActionParams, isVersioned: boolean): CodeAction[] {
  const { document } = analysed;
  const { only } = params.context;
  const changes = [
    ...(isWanted(CodeActionKind.QuickFix, only) ? quickFixes(analysed, params) : []),
    ...(isWanted(FIX_ALL, only) ? allFixes(analysed) : []),
  ];
  return changes.map((change) => codeAction(change, document, isVersioned));
}

function quickFixes({ analysis, document }: Analysed, { range }: CodeActionParams): OfferedChange[] {
  const offsets = offsetsOf(document, range);
  const offered = ({ diagnostic, fix: { title, edits, isSafe } }: FixOf): OfferedChange => ({
    title,
    kind: CodeActionKind.QuickFix,
    edits,
    diagnostics: [shownDiagnostic(diagnostic, document)],
    isPreferred: isSafe,
  });
  return [...fixesAt(analysis, offsets), ...exemptionsAt(analysis, offsets)].map(offered);
}

function allFixes({ analysis }: Analysed): OfferedChange[] {
  const edits = fixAll(analysis);
  return edits.length === 0 ? [] : [{ title: "Fix all that has a plain fix (Fairlead)", kind: FIX_ALL, edits }];
}
