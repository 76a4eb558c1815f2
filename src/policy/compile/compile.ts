import {
  AdmissionPolicyIndex,
  CompiledAdmissionPolicy,
  judgeByAdmissionPolicies,
} from "../admission-policies/index.ts";
import { applyDefaults } from "../defaults/index.ts";
import type { PolicyDocument, PolicySet } from "../model/index.ts";
import { applyMutations } from "../mutations/index.ts";
import type { BoundMutatingPolicy, BoundValidatingPolicy, ServicePolicy } from "../schema/index.ts";
import { byName, compileOnce, type Indices, indicesOf } from "./compiled-policy.ts";
import { defaultingPolicies } from "./defaulting-policies.ts";
import { judgeByRules } from "./judge-by-rules.ts";
import { judgeReference } from "./judge-reference.ts";

/**
 * Compiles policies into one set, ordered by name. Pure.
 * @throws TypeError for a policy that `readPolicy` refuses.
 */
export function compilePolicies(documents: readonly PolicyDocument[]): PolicySet {
  const policies = documents
    .flatMap((document) => (isTeamPolicy(document) ? [compileOnce(document)] : []))
    .sort(byName);
  const validating = new AdmissionPolicyIndex(
    documents
      .filter((document) => document.kind === "ValidatingAdmissionPolicy")
      .map((document) => new CompiledAdmissionPolicy<BoundValidatingPolicy>(document))
      .sort((one, other) => byName(one.policy.metadata, other.policy.metadata)),
  );
  const mutating = documents
    .filter((document) => document.kind === "MutatingAdmissionPolicy")
    .map((document) => new CompiledAdmissionPolicy<BoundMutatingPolicy>(document))
    .sort((one, other) => byName(one.policy.metadata, other.policy.metadata));
  let indices: Indices | undefined;
  // Built on first use: sets that are soon replaced, or merged into another, are rarely queried.
  const getIndices = (): Indices => (indices ??= indicesOf(policies));
  return {
    size: documents.length,
    documents,
    needs: new Set(policies.flatMap(({ rules }) => rules.flatMap(({ rule }) => rule.needs ?? []))),
    and: (others) => compilePolicies([...documents, ...others.documents]),
    applyDefaults: (service, context) =>
      applyMutations(mutating, service, context, (start, inContext) =>
        applyDefaults(start, inContext, defaultingPolicies(getIndices().withDefaults, inContext)),
      ),
    judgeReference: (reference, inventory, facts) => judgeReference(policies, reference, inventory, facts),
    judge: (service, context) => {
      const findings = judgeByRules(getIndices(), service, context);
      const others = judgeByAdmissionPolicies(validating, service, context);
      return others.length === 0 ? findings : [...findings, ...others];
    },
  };
}

function isTeamPolicy(document: PolicyDocument): document is ServicePolicy {
  return document.kind === "ServicePolicy";
}
