import type { PatchOperation } from "#src/admission/review/index.ts";
import type { Judgement } from "#src/engine/index.ts";
import type { PolicyFinding, PolicySet } from "#src/policy/model/index.ts";

/** The policies that the API server itself applies. */
export type ClusterPolicyKind = "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy";

/** What a rule of them is called: they have no names. */
const RULE = /^(validations\[|mutations\[|matchConditions|auditAnnotations\[|paramRef|variables)/;

/** Whether the API server itself applies a policy of this name and kind; undefined if it is one of Fairlead's. */
export function clusterPolicyOf(
  { policy, rule }: Pick<PolicyFinding, "policy" | "rule">,
  { documents }: PolicySet,
): ClusterPolicyKind | undefined {
  const kinds = documents.flatMap(({ kind, metadata }) => (metadata.name === policy ? [kind] : []));
  if (kinds.includes("ServicePolicy") && !RULE.test(rule)) return undefined;
  if (kinds.includes("ValidatingAdmissionPolicy")) return "ValidatingAdmissionPolicy";
  return kinds.includes("MutatingAdmissionPolicy") ? "MutatingAdmissionPolicy" : undefined;
}

/** The names of the MutatingAdmissionPolicies. */
export function mutatingPolicies({ documents }: PolicySet): ReadonlySet<string> {
  return new Set(
    documents.flatMap(({ kind, metadata }) => (kind === "MutatingAdmissionPolicy" ? [metadata.name] : [])),
  );
}

/** `ValidatingAdmissionPolicy 'x' with binding 'y'`, as the API server names it. */
export function nameWithBinding({ policy, action }: PolicyFinding, { documents }: PolicySet): string {
  const wanted = { deny: "Deny", warn: "Warn", audit: "Audit" } as const;
  for (const document of documents) {
    if (document.kind !== "ValidatingAdmissionPolicy" || document.metadata.name !== policy) continue;
    const binding =
      document.bindings.find(({ spec }) => spec.validationActions.includes(wanted[action])) ?? document.bindings[0];
    const suffix = binding === undefined ? "" : ` with binding '${binding.metadata.name}'`;
    return `ValidatingAdmissionPolicy '${policy}'${suffix}`;
  }
  return `policy '${policy}'`;
}

/** What of the changes the MutatingAdmissionPolicies of these names make, and what Fairlead's webhook. */
export function splitPatch(
  { patch, judgement }: { readonly patch: readonly PatchOperation[]; readonly judgement: Pick<Judgement, "policy"> },
  names: ReadonlySet<string>,
): { readonly ofServer: readonly PatchOperation[]; readonly ofWebhook: readonly PatchOperation[] } {
  const pointers = judgement.policy.applied.flatMap(({ policy, path }) =>
    names.has(policy) ? [path.toPointer()] : [],
  );
  const isOfServer = ({ path }: PatchOperation): boolean =>
    pointers.some((pointer) => `${path}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${path}/`));
  return { ofServer: patch.filter(isOfServer), ofWebhook: patch.filter((one) => !isOfServer(one)) };
}
