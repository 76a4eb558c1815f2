import type { PolicyDocument, PolicySet } from "../../policy/model/index.ts";
import type { LabelSelector } from "../../policy/schema/index.ts";
import type { Settings } from "./settings.ts";

/** The API server sets this label on every namespace, so that it is always known. */
const NAME_LABEL = "kubernetes.io/metadata.name";

interface PoliciesOfRun {
  readonly settings: Pick<Settings, "namespaceLabels">;
  readonly policies: PolicySet;
}

/** A note for each policy that selects namespaces by labels, if no namespace labels are given. */
export function unknownLabelNotes({ settings, policies }: PoliciesOfRun): string[] {
  if (Object.keys(settings.namespaceLabels).length > 0) return [];
  return policies.documents
    .filter(selectsByLabels)
    .map(
      ({ metadata: { name } }) =>
        `the policy ${name} selects namespaces by labels, but no labels are known: every namespace is assumed to have none; ` +
        "pass their manifests with --namespaces FILE",
    );
}

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
