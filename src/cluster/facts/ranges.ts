import { isIPv6 } from "node:net";
import type { JsonObject } from "../../field/index.ts";
import { ApiError, getIfPresent, isForbidden, type KubernetesApi, objectsAt, textAt, textsAt } from "../api/index.ts";

/** The Service CIDRs, the primary IP family's first, and how they were discovered, for the log. */
export interface Ranges {
  readonly serviceCIDRs: readonly string[];
  readonly source: string;
}

type Family = "IPv4" | "IPv6";

/** The paths of the ServiceCIDR collection, newest API version first. */
const SERVICE_CIDRS = [
  "/apis/networking.k8s.io/v1/servicecidrs",
  "/apis/networking.k8s.io/v1beta1/servicecidrs",
] as const;

/** The ServiceCIDR that the API server creates from its own flags; its first CIDR is of the primary IP family. */
const FIRST_SERVICE_CIDR = "kubernetes";

const FAMILIES = {
  // Addresses reserved for documentation (RFC 5737, RFC 3849): outside the Service CIDR of every cluster.
  IPv4: { outside: "192.0.2.1", everything: "0.0.0.0/0" },
  IPv6: { outside: "2001:db8::1", everything: "::/0" },
} as const satisfies Record<Family, { outside: string; everything: string }>;

/**
 * Discovers the Service CIDRs from the ServiceCIDR objects or, where there are none, from the `kubernetes` Service and
 * a dry run in `namespace`. Undefined if neither gives an answer, or RBAC allows neither.
 * @throws ApiError if the API server does not answer.
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
 * Dry-runs a Service with an address outside every cluster's range. The error message names the range. An older server
 * does not check the range in a dry run: that it accepts the Service shows only that it has the IP family, so every
 * address counts as in range.
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
