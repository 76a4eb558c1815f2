import { type Child, element } from "../dom/index.ts";
import { link } from "../markdown/index.ts";
import { inPageWords } from "./page-words.ts";
import type { Answer, Statement, Step } from "../answer/index.ts";

const OUTCOMES = {
  passed: { label: "passed", tone: "good" },
  changed: { label: "changed", tone: "note" },
  warned: { label: "warned", tone: "warning" },
  refused: { label: "refused", tone: "error" },
  "not reached": { label: "not reached", tone: "quiet" },
} as const;

/** More statements of a step than somebody reads. */
const MOST = 50;

/** Who says what, in the order of the request's way. */
export function stepList({ steps }: Answer): HTMLElement {
  return element("ol", { class: "steps" }, ...steps.map(stepItem));
}

function stepItem({ title, who, outcome, statements }: Step): HTMLElement {
  const { label, tone } = OUTCOMES[outcome];
  const isDimmed = outcome === "not reached";
  return element(
    "li",
    { class: isDimmed ? "step dimmed" : "step" },
    element("h3", {}, title, " ", element("span", { class: `badge ${tone}` }, label)),
    element("p", { class: "who" }, who, isDimmed && statements.length > 0 ? ", would say:" : ""),
    statements.length > 0 &&
      element("ul", {}, ...statements.slice(0, MOST).map(statementItem), rest(statements.length - MOST)),
  );
}

function rest(count: number): Child {
  return count > 0 && element("li", { class: "statement quiet" }, `and ${count.toLocaleString("en")} more`);
}

function statementItem({ tone, field, text, fix, rule }: Statement): HTMLElement {
  return element(
    "li",
    { class: `statement ${tone}` },
    field !== "" && element("code", {}, field),
    field !== "" && ": ",
    inPageWords(text),
    fix !== undefined && element("span", { class: "fix" }, `Fix: ${inPageWords(fix)}.`),
    rule !== undefined &&
      element(
        "span",
        { class: "rule" },
        link(rule.href, rule.id),
        rule.policy !== undefined && `, policy ${rule.policy}`,
      ),
  );
}
