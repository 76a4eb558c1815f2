import { type Cel, type Fact, fillTemplate, not, or } from "../policy/in-cel/index.ts";
import { byCel, type CelFinding, type Rule } from "../policy/rules/kit/index.ts";
import type { Validation } from "./model.ts";
import { nameOf } from "./subject.ts";

/** How a finding of a rule is rendered. */
interface Rendered {
  readonly rule: Rule;
  /** The policy's own message, which replaces the rule's. */
  readonly message: string | undefined;
  readonly subject: Cel;
  /** Whether the finding is left out: the request is none that the rule looks at, or exempt. */
  readonly isLeftOut: Cel;
}

/** A finding of a rule as a validation, with the rule's message as far as CEL can give it. */
export function validationOf(finding: CelFinding, { rule, message, subject, isLeftOut }: Rendered): Validation {
  const { each, where } = finding;
  const text = textOf(finding, rule, message, subject);
  const fault = `${rule.fault} (${rule.id})`;
  const expression = or(isLeftOut, not(each === undefined ? where : exists(each.of, each.names, where)));
  if ("text" in text) return { expression, message: text.text };
  const messageExpression =
    each === undefined
      ? text.expression
      : `${each.of}.transformList(${each.names.join(", ")}, ${where}, ${text.expression}).join("; ")`;
  return { expression, message: fault, messageExpression };
}

/** Whether one of the entries is one that the rule finds. */
function exists(of: Cel, [index, item]: readonly [string, string], where: Cel): Cel {
  const isIndexUsed = new RegExp(`\\b${index}\\b`).test(where);
  return `${of}.exists(${isIndexUsed ? `${index}, ` : isMap(of) ? `${index}, ` : ""}${item}, ${where})`;
}

/** With one name, a comprehension over a map names its keys, not its values. */
function isMap(of: Cel): boolean {
  return of === "variables.annotations" || of === "variables.labels";
}

/** As the webhook writes it: the field, what is wrong, what would be right, the rule. */
function textOf({ says, path, found, facts, each }: CelFinding, rule: Rule, message: string | undefined, subject: Cel) {
  const { text = says, fix } = rule.messages[says] ?? {};
  const known: Readonly<Record<string, Fact | undefined>> = {
    name: byCel(nameOf(subject)),
    namespace: byCel("request.namespace"),
    found,
    ...(each !== undefined && { index: byCel(`string(${each.names[0]})`) }),
    ...facts,
  };
  const whole = `${path}: ${message ?? text}${fix === undefined ? "" : `; ${fix}`} (${rule.id})`;
  return fillTemplate(whole, known);
}
