import type { Diagnostic, Fix } from "#src/editor/model/index.ts";
import { button, element } from "../dom/index.ts";
import { link } from "../markdown/index.ts";

/** What the list of findings leads to. */
export interface FindingActions {
  readonly goTo: (offset: number) => void;
  readonly apply: (fix: Fix) => void;
}

/** The findings of a text as a list, for those who cannot point at a text. */
export function findingList(
  text: string,
  diagnostics: readonly Diagnostic[],
  { goTo, apply }: FindingActions,
): HTMLElement {
  if (diagnostics.length === 0) return element("p", { class: "none" }, "Nothing to complain about.");
  return element(
    "ul",
    { class: "findings" },
    ...diagnostics.map((diagnostic) => {
      const { start, severity, code, href, message, advice, suppressed, fixes, policy } = diagnostic;
      const line = text.slice(0, start).split("\n").length;
      return element(
        "li",
        { class: `finding ${suppressed === undefined ? severity : "quiet"}` },
        button(
          `line ${line}`,
          () => {
            goTo(start);
          },
          { class: "line", "aria-label": `Go to line ${line}` },
        ),
        element("span", { class: "spoken" }, `${severity}: `),
        element("span", { class: "message" }, message, advice !== undefined && `; ${advice}`),
        element(
          "span",
          { class: "rule" },
          link(href, code),
          policy !== undefined && `, policy ${policy}`,
          suppressed !== undefined && `, exempt: ${suppressed}`,
        ),
        ...fixes.map((fix) =>
          button(
            fix.title,
            () => {
              apply(fix);
            },
            { class: "apply" },
          ),
        ),
      );
    }),
  );
}
