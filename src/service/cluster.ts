/** What cannot be read off a Service: the cluster's address ranges and its node port range. */
export interface ClusterProfile {
  /** Service CIDRs; the first one is of the primary family. */
  readonly serviceCIDRs: readonly string[];
  /** The first and last port, both included, that node ports are given from. */
  readonly nodePortRange: { readonly first: number; readonly last: number };
  /** What is taken already, where that is known. */
  readonly inUse?: { readonly addresses?: ReadonlySet<string>; readonly nodePorts?: ReadonlySet<number> };
}

/** Profiles by name, for callers that know no more than which families a cluster has. */
export const PROFILES = {
  ipv4: profile("10.96.0.0/16"),
  ipv6: profile("fd00:10:96::/112"),
  dual: profile("10.96.0.0/16", "fd00:10:96::/112"),
  dual6: profile("fd00:10:96::/112", "10.96.0.0/16"),
} as const satisfies Record<string, ClusterProfile>;

function profile(...serviceCIDRs: string[]): ClusterProfile {
  return { serviceCIDRs, nodePortRange: { first: 30000, last: 32767 } };
}
