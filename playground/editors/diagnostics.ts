import type { Diagnostic as Shown } from "@codemirror/lint";
import { sentence } from "#src/examine/model/index.ts";
import type { Diagnostic } from "#src/editor/model/index.ts";
import { element } from "../dom/index.ts";
import { link } from "../markdown/index.ts";

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const;

/** What a diagnostic offers in the editor: the titles of its fixes, and to make the one of a title. */
export interface FixOffer {
  readonly titles: (diagnostic: Diagnostic) => readonly string[];
  readonly make: (diagnostic: Diagnostic, title: string) => void;
}

/** A diagnostic that the editor shows. */
export interface ShownDiagnostic {
  /** It moves with the text, so that another one may be the same. */
  diagnostic: Diagnostic;
  readonly shown: Shown;
}

/** A diagnostic as the editor shows it, with its fixes as actions. */
export function shownDiagnostic(diagnostic: Diagnostic, offer: FixOffer): ShownDiagnostic {
  const { start, end, severity, code, href, message, advice, suppressed } = diagnostic;
  const one: ShownDiagnostic = {
    diagnostic,
    shown: {
      from: start,
      to: end,
      severity: suppressed === undefined ? SEVERITIES[severity] : "hint",
      message: advice === undefined ? message : `${message}; ${advice}`,
      renderMessage: () =>
        element(
          "div",
          {},
          sentence(message),
          advice !== undefined && ` Fix: ${advice}.`,
          " ",
          link(href, element("code", {}, code)),
        ),
      // Fixes are tried only if somebody looks.
      get actions() {
        return offer.titles(one.diagnostic).map((name) => ({
          name,
          apply: () => {
            offer.make(one.diagnostic, name);
          },
        }));
      },
    },
  };
  return one;
}

/** Whether both are shown in the same way at the same place. */
export function isShownAs(one: Diagnostic, other: Diagnostic): boolean {
  return (["start", "end", "severity", "code", "message", "advice", "suppressed"] as const).every(
    (part) => one[part] === other[part],
  );
}
