import { type KubernetesVersion, parseVersion } from "../../service/versions/index.ts";
import { getIfPresent, isForbidden, type KubernetesApi, textAt } from "../api/index.ts";
import { discoverOpenShiftNetwork, type OpenShiftNetwork } from "./openshift-network.ts";
import { discoverRanges, type Ranges } from "./ranges.ts";

/** What a cluster tells about itself. Only OpenShift tells the range of node ports: a dry run does not check it. */
export interface ClusterDescription {
  /** Undefined if the version cannot be read. */
  readonly version: KubernetesVersion | undefined;
  /** Undefined if RBAC forbids every request that tells them. */
  readonly ranges: Ranges | undefined;
  /** Undefined if the cluster is no OpenShift cluster, or RBAC forbids to read it. */
  readonly openshift: OpenShiftNetwork | undefined;
}

/**
 * Describes a cluster once.
 * @param namespace where Services are created as a dry run, if there are no ServiceCIDR objects
 * @throws ApiError if the API server cannot be reached, or does not know the user
 */
export async function describeCluster(api: KubernetesApi, namespace: string): Promise<ClusterDescription> {
  return {
    version: await discoverVersion(api),
    ranges: await discoverRanges(api, namespace),
    openshift: await discoverOpenShiftNetwork(api),
  };
}

/** The version of the API server; undefined if it cannot be read. @throws ApiError if the server cannot be reached */
export async function discoverVersion(api: KubernetesApi): Promise<KubernetesVersion | undefined> {
  try {
    return parseVersion(textAt(await getIfPresent(api, "/version"), "gitVersion") ?? "");
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
