import { isObject, valueAt } from "#src/field/json.ts";
import type { Installation } from "./installation.ts";

/**
 * The chart's objects, without the Lease, which replicas write all the time, and the CustomResourceDefinition, which
 * stays.
 */
const KINDS = [
  "deployments.apps",
  "services",
  "serviceaccounts",
  "configmaps",
  "secrets",
  "roles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "networkpolicies.networking.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "clusterrolebindings.rbac.authorization.k8s.io",
  "mutatingwebhookconfigurations.admissionregistration.k8s.io",
  "validatingwebhookconfigurations.admissionregistration.k8s.io",
];

/** The resource version of each object of the release, by kind and name. */
export async function snapshot({ cluster, name }: Installation): Promise<ReadonlyMap<string, string>> {
  const selector = `app.kubernetes.io/instance=${name}`;
  const { code, stdout, stderr } = await cluster.kubectl([
    "get",
    KINDS.join(","),
    "--all-namespaces",
    "--selector",
    selector,
    "--output",
    "json",
  ]);
  if (code !== 0) throw new Error(stderr);
  const list: unknown = JSON.parse(stdout);
  const items = valueAt(list, ["items"]);
  return new Map(
    (Array.isArray(items) ? items : []).filter(isObject).map((item) => {
      const [kind, called, version] = [
        item.kind,
        valueAt(item, ["metadata", "name"]),
        valueAt(item, ["metadata", "resourceVersion"]),
      ];
      return [`${String(kind)}/${String(called)}`, String(version)];
    }),
  );
}
