import { isIPv6 } from "node:net";
import type { JsonObject } from "../../field/index.ts";
import { ApiError, getIfPresent, isForbidden, type KubernetesApi, objectsAt, textAt, textsAt } from "../api/index.ts";

/** The ranges of cluster IPs, the primary family's first, and how they were found, in words. */
export interface Ranges {
  readonly serviceCIDRs: readonly string[];
  readonly source: string;
}

type Family = "IPv4" | "IPv6";

/** Where ServiceCIDR objects are, newest version first. */
const SERVICE_CIDRS = [
  "/apis/networking.k8s.io/v1/servicecidrs",
  "/apis/networking.k8s.io/v1beta1/servicecidrs",
] as const;

/** The ServiceCIDR that the API server makes from its own flags: the primary family is its first one's. */
const FIRST_SERVICE_CIDR = "kubernetes";

const FAMILIES = {
  // Addresses for documentation: no cluster gives them out.
  IPv4: { outside: "192.0.2.1", everything: "0.0.0.0/0" },
  IPv6: { outside: "2001:db8::1", everything: "::/0" },
} as const satisfies Record<Family, { outside: string; everything: string }>;

/**
 * What the cluster itself tells of its ranges: by its ServiceCIDR objects, or, where it has none, by the `kubernetes`
 * Service and a dry run in `namespace`. Undefined where neither tells, or may be request.
 * @throws ApiError where the API server is away.
 */
export async function discoverRanges(api: KubernetesApi, namespace: string): Promise<Ranges | undefined> {
  return (await unlessForbidden(fromServiceCIDRs(api))) ?? (await unlessForbidden(fromDryRun(api, namespace)));
}

async function fromServiceCIDRs(api: KubernetesApi): Promise<Ranges | undefined> {
  for (const path of SERVICE_CIDRS) {
    const list = await getIfPresent(api, path);
    if (list === undefined) continue;
    const serviceCIDRs = primaryFirst(objectsAt(list, "items")).flatMap((item) => textsAt(item, "spec", "cidrs"));
    return serviceCIDRs.length === 0 ? undefined : { serviceCIDRs, source: "ServiceCIDR objects" };
  }
  return undefined;
}

function primaryFirst(items: readonly JsonObject[]): JsonObject[] {
  const nameOf = (item: JsonObject): string => textAt(item, "metadata", "name") ?? "";
  const rank = (item: JsonObject): string => (nameOf(item) === FIRST_SERVICE_CIDR ? "" : nameOf(item));
  return items
    .filter((item) => textAt(item, "metadata", "deletionTimestamp") === undefined)
    .sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

async function fromDryRun(api: KubernetesApi, namespace: string): Promise<Ranges | undefined> {
  const service = await getIfPresent(api, "/api/v1/namespaces/default/services/kubernetes");
  const address = textAt(service, "spec", "clusterIP");
  if (address === undefined) return undefined;
  const primary: Family = isIPv6(address) ? "IPv6" : "IPv4";
  const secondary: Family = primary === "IPv4" ? "IPv6" : "IPv4";
  const first = (await probe(api, namespace, primary)) ?? FAMILIES[primary].everything;
  const second = await probe(api, namespace, secondary);
  const serviceCIDRs = second === undefined ? [first] : [first, second];
  return { serviceCIDRs, source: "the kubernetes Service and a dry run" };
}

/**
 * Asks for an address that no cluster has. The refusal names the range; an older server, whose dry run looks at no
 * range, says by its consent that it has the family, of which then everything must count as inside.
 */
async function probe(api: KubernetesApi, namespace: string, family: Family): Promise<string | undefined> {
  try {
    await api.create(`/api/v1/namespaces/${namespace}/services?dryRun=All`, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { generateName: "fairlead-probe-" },
      spec: { ports: [{ port: 1 }], ipFamilies: [family], clusterIP: FAMILIES[family].outside },
    });
    return FAMILIES[family].everything;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 422) throw error;
    return /range of valid IPs is (\S+?\/\d+)/.exec(error.message)?.[1];
  }
}

async function unlessForbidden<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
