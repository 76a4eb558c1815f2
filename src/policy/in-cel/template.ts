import { quoted } from "./literals.ts";
import type { Cel } from "./logic.ts";

/** A fact of a message: a text or a number that is known beforehand, or an expression that gives it. */
export type Fact = string | number | { readonly cel: Cel };

const PLACEHOLDER = /\{(\w+)\}/;

/**
 * A template of a message, filled in: as one literal if all of its facts are known beforehand, else as an expression.
 * A placeholder without a fact becomes "(none)", as in `renderTemplate`.
 */
export function fillTemplate(
  template: string,
  facts: Readonly<Record<string, Fact | undefined>>,
): { readonly text: string } | { readonly expression: Cel } {
  const terms: (string | { readonly cel: Cel })[] = [];
  // `split` by a pattern with one group: texts and names alternate.
  for (const [index, piece] of template.split(PLACEHOLDER).entries()) {
    const fact = index % 2 === 0 ? piece : Object.hasOwn(facts, piece) ? (facts[piece] ?? "(none)") : "(none)";
    const last = terms.at(-1);
    if (typeof fact === "object") terms.push(fact);
    else if (typeof last === "string") terms[terms.length - 1] = last + String(fact);
    else if (fact !== "") terms.push(String(fact));
  }
  const texts = terms.filter((term) => typeof term === "string");
  if (texts.length === terms.length) return { text: oneLine(texts.join("")) };
  const expression = terms.map((term) => (typeof term === "string" ? quoted(oneLine(term)) : term.cel)).join(" + ");
  return { expression };
}

/** The API server takes no message of several lines. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, " ");
}
