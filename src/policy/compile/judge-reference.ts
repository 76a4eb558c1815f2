import type { InventoryView, ReferenceEntry } from "../../inventory/model/index.ts";
import { sparseSpec } from "../../service/decode/index.ts";
import type { Service } from "../../service/schema/index.ts";
import { applyExemptions } from "../exemptions/index.ts";
import { type MatchSubject, NAMESPACE_NAME_LABEL } from "../match/index.ts";
import type { PolicyFinding, RequestFacts } from "../model/index.ts";
import { findingsOfReference } from "../rules/index.ts";
import type { CompiledPolicy } from "./compiled-policy.ts";

/** The findings of the policies' rules about a reference to a Service, at the object that names it. */
export function judgeReference(
  policies: readonly CompiledPolicy[],
  reference: ReferenceEntry,
  inventory: InventoryView,
  facts: RequestFacts,
): readonly PolicyFinding[] {
  const { namespace, name } = reference;
  const subject: MatchSubject = {
    operation: "CREATE",
    // The Service may not be there: it has no type, and no labels.
    type: "",
    namespace,
    namespaceLabels: { ...facts.namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace },
    name,
    labels: {},
  };
  const findings: PolicyFinding[] = [];
  const stand = standIn(namespace, name);
  for (const { name: policy, mismatch, exemptions, rules } of policies) {
    const checking = rules.filter(({ rule }) => rule.checkReference !== undefined);
    if (checking.length === 0 || mismatch(subject) !== undefined) continue;
    for (const rule of checking) {
      const found = findingsOfReference(policy, rule, reference, subject, inventory);
      if (found.length === 0) continue;
      findings.push(...found.map(applyExemptions(rule.rule.id, stand, facts, exemptions, undefined)));
    }
  }
  return findings;
}

/** Exemptions by name and namespace go by the object that names the Service. */
function standIn(namespace: string, name: string): Service {
  return { metadata: { namespace, name }, spec: sparseSpec({}), status: { loadBalancer: {} } };
}
