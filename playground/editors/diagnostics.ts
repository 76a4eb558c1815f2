import type { Diagnostic as Shown } from "@codemirror/lint";
import type { Diagnostic } from "#src/editor/model/index.ts";
import { element } from "../dom/index.ts";
import { link } from "../markdown/index.ts";

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const;

/** A diagnostic as the editor shows it, with its fixes as actions. */
export function shownDiagnostic(diagnostic: Diagnostic): Shown {
  const { start, end, severity, code, href, message, advice, suppressed, fixes } = diagnostic;
  return {
    from: start,
    to: end,
    severity: suppressed === undefined ? SEVERITIES[severity] : "hint",
    message: advice === undefined ? message : `${message}; ${advice}`,
    renderMessage: () =>
      element(
        "div",
        {},
        message,
        advice !== undefined && ` Fix: ${advice}.`,
        " ",
        link(href, element("code", {}, code)),
      ),
    actions: fixes.map(({ title, edits }) => ({
      name: title,
      apply: (view) => {
        view.dispatch({ changes: edits.map((edit) => ({ from: edit.start, to: edit.end, insert: edit.after })) });
      },
    })),
  };
}
