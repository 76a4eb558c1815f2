import { type Diagnostic as ShownDiagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "../../editor/model/index.ts";
import type { FileProblem } from "../projects/index.ts";
import { rangeOf } from "./ranges.ts";

/** What editors show beside the message. */
const SOURCE = "fairlead";

const SEVERITIES: Readonly<Record<Diagnostic["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
};

/** A finding in the terms of the protocol. What is exempt is shown faintly, with the reason. */
export function shownDiagnostic(diagnostic: Diagnostic, document: TextDocument): ShownDiagnostic {
  const { severity, code, href, message, advice, suppressed } = diagnostic;
  const lines = [message];
  if (advice !== undefined) lines.push(`fix: ${advice}`);
  if (suppressed !== undefined) lines.push(suppressed);
  return {
    range: rangeOf(document, diagnostic),
    severity: suppressed === undefined ? SEVERITIES[severity] : DiagnosticSeverity.Hint,
    source: SOURCE,
    code,
    codeDescription: { href },
    message: lines.join("\n"),
    ...(suppressed !== undefined && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

/** A problem of a configuration or a policy: from its place to the end of the line. */
export function shownProblem({ line, column, message }: FileProblem, document?: TextDocument): ShownDiagnostic {
  const start = { line: line - 1, character: column - 1 };
  return {
    range: { start, end: document === undefined ? start : endOfLine(document, line - 1) },
    severity: DiagnosticSeverity.Error,
    source: SOURCE,
    message,
  };
}

function endOfLine(document: TextDocument, line: number): ShownDiagnostic["range"]["end"] {
  const start = { line, character: 0 };
  const text = document.getText({ start, end: { line: line + 1, character: 0 } });
  return { line, character: text.trimEnd().length };
}
