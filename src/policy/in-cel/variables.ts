import type { Cel } from "./logic.ts";

/** The values that rules use as `variables.NAME`, in an order in which each uses only those before it. */
const VARIABLES: Readonly<Record<string, Cel>> = {
  type: 'object.spec.?type.orValue("ClusterIP")',
  ports: "object.spec.?ports.orValue([])",
  selector: "object.spec.?selector.orValue({})",
  labels: "object.metadata.?labels.orValue({})",
  annotations: "object.metadata.?annotations.orValue({})",
  /** Whether the Service has a virtual address: it is neither headless nor an ExternalName. */
  hasClusterIP: 'variables.type != "ExternalName" && object.spec.?clusterIP.orValue("") != "None"',
  isStatusWrite: 'request.?subResource.orValue("") == "status"',
  labelsChanged: "variables.labels != oldObject.metadata.?labels.orValue({})",
  annotationsChanged: "variables.annotations != oldObject.metadata.?annotations.orValue({})",
  ownersChanged: "object.metadata.?ownerReferences.orValue([]) != oldObject.metadata.?ownerReferences.orValue([])",
  addresses: "object.?status.?loadBalancer.?ingress.orValue([])",
  storedAddresses: "oldObject == null ? [] : oldObject.?status.?loadBalancer.?ingress.orValue([])",
  addressesChanged: "variables.addresses != variables.storedAddresses",
  /** What each client owns, as the API server records it: values that the server allocates are in none of them. */
  owned:
    'object.metadata.?managedFields.orValue([]).filter(m, m.?subresource.orValue("") == "").map(m, m.?fieldsV1.orValue({}))',
};

const USE = /\bvariables\.(\w+)/g;

/** The variables that the expressions use, and those that these use, in the order in which they must be declared. */
export function variablesIn(
  expressions: readonly Cel[],
): readonly { readonly name: string; readonly expression: Cel }[] {
  const used = new Set<string>();
  const follow = (expression: Cel): void => {
    for (const [, name = ""] of expression.matchAll(USE)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(VARIABLES[name] ?? "");
    }
  };
  expressions.forEach(follow);
  return Object.entries(VARIABLES).flatMap(([name, expression]) => (used.has(name) ? [{ name, expression }] : []));
}
