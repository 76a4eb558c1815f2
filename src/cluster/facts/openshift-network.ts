import { type ExternalIPPolicy, parsePortRange, portRangeText } from "../../service/cluster/index.ts";
import { getIfPresent, isForbidden, type KubernetesApi, textAt, textsAt } from "../api/index.ts";

/** What the Network configuration of an OpenShift cluster tells that no API of Kubernetes does. */
export interface OpenShiftNetwork {
  /** The policy of external IPs: without ranges if the cluster has none, as users may set none then. */
  readonly externalIPPolicy: ExternalIPPolicy;
  /** The range of node ports as text; undefined for the default. */
  readonly nodePortRange: string | undefined;
}

const NETWORK = "/apis/config.openshift.io/v1/networks/cluster";

/**
 * Reads the Network configuration; undefined if the cluster is no OpenShift cluster, or RBAC forbids it. Source:
 * openshift/api, config/v1/types_network.go.
 * @throws ApiError if the API server does not answer
 */
export async function discoverOpenShiftNetwork(api: KubernetesApi): Promise<OpenShiftNetwork | undefined> {
  const network = await getUnlessForbidden(api, NETWORK);
  if (network === undefined) return undefined;
  const range = parsePortRange(textAt(network, "spec", "serviceNodePortRange") ?? "");
  const policy = {
    allowedCIDRs: textsAt(network, "spec", "externalIP", "policy", "allowedCIDRs"),
    rejectedCIDRs: textsAt(network, "spec", "externalIP", "policy", "rejectedCIDRs"),
    autoAssignCIDRs: textsAt(network, "spec", "externalIP", "autoAssignCIDRs"),
  };
  return {
    externalIPPolicy: Object.fromEntries(Object.entries(policy).filter(([, ranges]) => ranges.length > 0)),
    nodePortRange: range && portRangeText(range),
  };
}

async function getUnlessForbidden(api: KubernetesApi, path: string): ReturnType<typeof getIfPresent> {
  try {
    return await getIfPresent(api, path);
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
