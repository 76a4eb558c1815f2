import { Path } from "../../field/index.ts";
import type { Service } from "../../service/schema/index.ts";
import {
  type Activation,
  activationFor,
  activationWithParams,
  type AuditValue,
  type CompiledExpressions,
  evaluateConditions,
  evaluateValidations,
  expressionCheckpoint,
  type Verdict,
} from "../expressions/index.ts";
import type { PolicyContext, PolicyFinding } from "../model/index.ts";
import type { BoundValidatingPolicy } from "../schema/index.ts";
import { compiledFor } from "./compiled-expressions.ts";
import { type CompiledAdmissionPolicy, invocationsOf } from "./compiled-policy.ts";
import type { AdmissionPolicyIndex } from "./policy-index.ts";
import { resourceRequest } from "./resource-request.ts";

/** Judges Services by ValidatingAdmissionPolicies, in the order of their names. */
export function judgeByAdmissionPolicies(
  policies: AdmissionPolicyIndex<BoundValidatingPolicy>,
  service: Service,
  context: PolicyContext,
): readonly PolicyFinding[] {
  if (policies.size === 0) return [];
  const request = resourceRequest(service, context);
  const findings: PolicyFinding[] = [];
  let activation: Activation | undefined;
  const { namespace } = context.facts;
  for (const policy of policies.candidates(request, namespace)) {
    const { invocations, problems } = invocationsOf(policy, request, namespace);
    if (problems.length + invocations.length === 0) continue;
    context.checkpoint?.();
    const found: PolicyFinding[] = [];
    if (policy.policy.spec.failurePolicy === "Fail") {
      for (const message of problems)
        found.push({ ...findingOf(policy, ["Deny"], { kind: "failed", index: undefined, message }), rule: "paramRef" });
    }
    for (const { binding, params } of invocations) {
      activation ??= activationFor(service, context);
      const bound = policy.policy.spec.paramKind === undefined ? activation : activationWithParams(activation, params);
      found.push(...evaluate(policy, binding, bound, context));
    }
    findings.push(...(found.length < 2 ? found : distinct(found)));
  }
  return findings;
}

/** Several bindings and parameters may find the same: it is told once. */
function distinct(findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  const keyOf = ({ rule, action, path, message }: PolicyFinding): string =>
    JSON.stringify([rule, action, path.toString(), message]);
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}

type Actions = BoundValidatingPolicy["bindings"][number]["spec"]["validationActions"];

function evaluate(
  policy: CompiledAdmissionPolicy<BoundValidatingPolicy>,
  { spec: { validationActions } }: BoundValidatingPolicy["bindings"][number],
  activation: Activation,
  context: PolicyContext,
): readonly PolicyFinding[] {
  const compiled = compiledFor(policy.policy, context.version.minor);
  const checkpoint = expressionCheckpoint(context);
  const conditions = evaluateConditions(compiled, activation, checkpoint);
  const { verdicts, auditValues } = conditions.hold
    ? evaluateValidations(compiled, activation, checkpoint)
    : { verdicts: conditions.verdicts, auditValues: [] };
  return [
    ...verdicts.map((verdict) => findingOf(policy, validationActions, verdict, compiled)),
    ...auditValues.map((value) => auditFinding(policy, value)),
  ];
}

/** A verdict as a finding, with the strictest of the binding's actions. */
function findingOf(
  { policy }: CompiledAdmissionPolicy<BoundValidatingPolicy>,
  actions: Actions,
  { kind, index, annotation, message, reason }: Verdict,
  compiled?: CompiledExpressions,
): PolicyFinding {
  // An annotation that fails refuses the request whatever the actions are.
  const isDenial = annotation !== undefined || actions.includes("Deny");
  const action = isDenial ? "deny" : actions.includes("Warn") ? "warn" : "audit";
  return {
    policy: policy.metadata.name,
    rule: annotation === undefined ? ruleOf(index) : annotationRule(annotation),
    action: kind === "undetermined" && action === "deny" ? "warn" : action,
    path: (index === undefined ? undefined : compiled?.validations[index]?.field) ?? Path.root,
    message,
    ...(reason !== undefined && { reason }),
  };
}

function ruleOf(index: number | undefined): string {
  return index === undefined ? "matchConditions" : `validations[${index}]`;
}

function annotationRule(key: string): string {
  return `auditAnnotations[${key}]`;
}

function auditFinding(
  { policy }: CompiledAdmissionPolicy<BoundValidatingPolicy>,
  { key, value }: AuditValue,
): PolicyFinding {
  return {
    policy: policy.metadata.name,
    rule: annotationRule(key),
    action: "audit",
    path: Path.root,
    message: value,
  };
}
