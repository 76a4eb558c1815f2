import type { ServicePolicy } from "../policy/schema/document.ts";
import type { Context } from "./context.ts";

/** Known without anybody's saying so: the API server puts it on every namespace. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** A sentence for each policy that goes by labels of namespaces where no labels have been given. */
export function unknownLabels({ settings, policies }: Context): string[] {
  if (Object.keys(settings.namespaceLabels).length > 0) return [];
  return policies.documents
    .filter(goesByLabels)
    .map(
      ({ metadata: { name } }) =>
        `the policy ${name} goes by labels of namespaces, and none are known: every namespace is taken to have none; ` +
        "give their manifests with --namespaces FILE",
    );
}

function goesByLabels({ spec: { match } }: ServicePolicy): boolean {
  const { matchLabels = {}, matchExpressions = [] } = match?.namespaceSelector ?? {};
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) => key !== NAME_LABEL);
}
