import type { ServicePolicy } from "../../policy/schema/index.ts";
import type { Context } from "./context.ts";

/** The API server sets this label on every namespace, so that it is always known. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** A note for each policy that selects namespaces by labels, if no namespace labels are given. */
export function unknownLabelNotes({ settings, policies }: Context): string[] {
  if (Object.keys(settings.namespaceLabels).length > 0) return [];
  return policies.documents
    .filter(selectsByLabels)
    .map(
      ({ metadata: { name } }) =>
        `the policy ${name} goes by labels of namespaces, and none are known: every namespace is taken to have none; ` +
        "give their manifests with --namespaces FILE",
    );
}

function selectsByLabels({ spec: { match } }: ServicePolicy): boolean {
  const { matchLabels = {}, matchExpressions = [] } = match?.namespaceSelector ?? {};
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) => key !== NAME_LABEL);
}
