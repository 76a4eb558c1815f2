import type { PolicyDocument } from "../policy/model/index.ts";
import { RULES } from "../policy/rules/index.ts";

/** What findings of these policies can be of: a built-in rule, a validation by its name or index, or what else has expressions. */
export function findingIds(policies: readonly PolicyDocument[]): readonly string[] {
  return [...RULES.map(({ id }) => id), "matchConditions", ...policies.flatMap((policy) => [...expressionIds(policy)])];
}

function* expressionIds(policy: PolicyDocument): Iterable<string> {
  if (!("bindings" in policy)) {
    for (const [index, { name }] of (policy.spec.validations ?? []).entries()) yield name ?? `validations[${index}]`;
  } else if ("validations" in policy.spec) {
    for (const index of policy.spec.validations.keys()) yield `validations[${index}]`;
    for (const { key } of policy.spec.auditAnnotations) yield `auditAnnotations[${key}]`;
  } else {
    for (const index of policy.spec.mutations.keys()) yield `mutations[${index}]`;
  }
}
