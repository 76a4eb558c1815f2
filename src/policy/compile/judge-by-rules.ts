import { lazily } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { annotationExemptions, applyExemptions } from "../exemptions/index.ts";
import { type Activation, activationFor } from "../expressions/index.ts";
import { subjectOf } from "../match/index.ts";
import { compileProvenance, type PolicyContext, type PolicyFinding } from "../model/index.ts";
import { findingsOf } from "../rules/index.ts";
import type { RuleContext } from "../rules/kit/index.ts";
import {
  byName,
  type CompiledPolicy,
  type Indices,
  isGuard,
  matchingPolicies,
  type PolicyIndex,
} from "./compiled-policy.ts";
import { validationsLookAt } from "./team-expressions.ts";

/** The policies that apply to the stored Service but not to the new one, reduced to their guarding rules. */
function guardingPolicies(
  guards: PolicyIndex,
  applying: readonly CompiledPolicy[],
  context: PolicyContext,
): readonly CompiledPolicy[] {
  const { oldService } = context;
  if ((context.operation !== "update" && context.operation !== "status") || oldService === undefined) return [];
  const applied = new Set(applying.map(({ policy }) => policy));
  const before = { ...context, oldService: undefined };
  const activation = lazily(() => activationFor(oldService, before));
  return matchingPolicies(guards, subjectOf(oldService, before))
    .filter(({ policy, expressions }) => {
      if (applied.has(policy)) return false;
      return expressions === undefined || expressions.conditions(activation, before).hold;
    })
    .map((policy) => ({ ...policy, rules: policy.rules.filter(isGuard), expressions: undefined }));
}

/** The policies by name; those of an index are so already. */
function inOrder(policies: readonly CompiledPolicy[], guarding: readonly CompiledPolicy[]): readonly CompiledPolicy[] {
  return guarding.length === 0 ? policies : [...policies, ...guarding].sort(byName);
}

/** The policy if its match conditions hold; if one of them fails, only what that means. */
function byConditions(
  policy: CompiledPolicy,
  activation: () => Activation,
  context: PolicyContext,
): readonly CompiledPolicy[] {
  const { expressions, rules } = policy;
  if (expressions === undefined) return [policy];
  const { operation } = context;
  const isConcerned =
    validationsLookAt(policy.policy.spec, operation) || rules.some(({ rule }) => rule.operations.includes(operation));
  if (!isConcerned) return [];
  context.checkpoint?.();
  const { hold, verdicts } = expressions.conditions(activation, context);
  if (hold) return [policy];
  return verdicts.length === 0 ? [] : [{ ...policy, rules: [], expressions: expressions.reduced(verdicts) }];
}

/** The findings of the policies' rules and validations, in the order of the policies' names. */
export function judgeByRules(
  { withRules, withGuards }: Indices,
  service: Service,
  context: PolicyContext,
): readonly PolicyFinding[] {
  const subject = subjectOf(service, context);
  if (subject === undefined) return [];
  const activation = lazily(() => activationFor(service, context));
  const matching = matchingPolicies(withRules, subject);
  // Most sets have no expressions, and most reviews no findings.
  const policies = matching.some(({ expressions }) => expressions !== undefined)
    ? matching.flatMap((policy) => byConditions(policy, activation, context))
    : matching;
  const guarding = guardingPolicies(withGuards, policies, context);
  if (policies.length + guarding.length === 0) return [];
  const provenance = compileProvenance(context);
  const ruleContext: RuleContext = { ...context, isWritten: (path) => provenance(path) !== "open" };
  const annotationExemption = annotationExemptions(service, context.facts.today);
  const findings: PolicyFinding[] = [];
  for (const { name, policy, exemptions, rules, expressions } of inOrder(policies, guarding)) {
    const add = (id: string, found: readonly PolicyFinding[]): void => {
      if (found.length === 0) return;
      const byAnnotation = annotationExemption(id, policy.spec.allowAnnotation);
      const exempted = applyExemptions(id, service, context.facts, exemptions, byAnnotation);
      for (const finding of found) findings.push(exempted(finding));
    };
    for (const rule of rules) {
      context.checkpoint?.();
      add(rule.rule.id, findingsOf(name, rule, service, subject, ruleContext));
    }
    for (const finding of expressions?.findings(activation, subject, context) ?? []) add(finding.rule, [finding]);
  }
  return findings;
}
