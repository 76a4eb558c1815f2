import type { ExpressionSources, MutationSource } from "../expressions/index.ts";
import type { AdmissionPolicy, BoundMutatingPolicy } from "../schema/index.ts";

/** The expressions of an admission policy. */
export function expressionSources(policy: AdmissionPolicy): ExpressionSources {
  const { failurePolicy, matchConditions, variables } = policy.spec;
  const isValidating = policy.kind === "ValidatingAdmissionPolicy";
  return {
    objects: "any",
    failurePolicy,
    matchConditions,
    variables,
    validations: isValidating ? policy.spec.validations : [],
    auditAnnotations: isValidating ? policy.spec.auditAnnotations : [],
    mutations: isValidating ? [] : policy.spec.mutations.map(mutationSource),
  };
}

/** A mutation without its expression is refused when the policy is read. */
function mutationSource({
  patchType,
  applyConfiguration,
  jsonPatch,
}: BoundMutatingPolicy["spec"]["mutations"][number]): MutationSource {
  const { expression = "" } = (patchType === "JSONPatch" ? jsonPatch : applyConfiguration) ?? {};
  return { kind: patchType, expression };
}
