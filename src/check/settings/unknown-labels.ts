import type { PolicyDocument, PolicySet } from "../../policy/model/index.ts";
import type { LabelSelector } from "../../policy/schema/index.ts";
import type { Settings } from "../../examine/settings/index.ts";

/** The API server sets this label on every namespace, so that it is always known. */
const NAME_LABEL = "kubernetes.io/metadata.name";

interface PoliciesOfRun {
  readonly settings: Pick<Settings, "namespaceLabels">;
  readonly policies: PolicySet;
}

/** A note for each policy that looks at labels of namespaces, if none are given. */
export function unknownLabelNotes({ settings, policies }: PoliciesOfRun): string[] {
  if (Object.keys(settings.namespaceLabels).length > 0) return [];
  return policies.documents
    .map((policy) => ({ name: policy.metadata.name, use: useOfLabels(policy) }))
    .filter(({ use }) => use !== undefined)
    .map(
      ({ name, use }) =>
        `the policy ${name} ${use}, but no labels are known: every namespace is assumed to have none; ` +
        "pass their manifests with --namespaces FILE",
    );
}

function useOfLabels(policy: PolicyDocument): string | undefined {
  if (selectsByLabels(policy)) return "selects namespaces by labels";
  return LABELS_IN_CEL.test(JSON.stringify(policy.spec)) ? "has expressions on labels of namespaces" : undefined;
}

/** How an expression comes by the labels; one that only asks for the name of the namespace by its label is rare. */
const LABELS_IN_CEL = /\bnamespaceObject\s*\.\??\s*metadata\s*\.\??\s*labels\b/;

function selectsByLabels(policy: PolicyDocument): boolean {
  return namespaceSelectors(policy).some(({ matchLabels = {}, matchExpressions = [] }) =>
    [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) => key !== NAME_LABEL),
  );
}

function namespaceSelectors(policy: PolicyDocument): readonly LabelSelector[] {
  if (policy.kind === "ServicePolicy") return [policy.spec.match?.namespaceSelector ?? {}];
  const { spec, bindings } = policy;
  return [spec.matchConstraints, ...bindings.flatMap((binding) => binding.spec.matchResources ?? [])].map(
    ({ namespaceSelector }) => namespaceSelector,
  );
}
