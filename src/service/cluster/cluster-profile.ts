import { type CIDR, cidrFamily, type Family, parseCIDR } from "../../net/index.ts";
import type { PortRange } from "./port-range.ts";

/**
 * Which external IPs a Service may have: `spec.externalIP` of the Network configuration of an OpenShift cluster. Without
 * ranges, users may set none.
 */
export interface ExternalIPPolicy {
  readonly allowedCIDRs?: readonly string[];
  /** They come before the allowed ones; without allowed ones, every other address may be set. */
  readonly rejectedCIDRs?: readonly string[];
  /** Ranges that the cluster assigns external IPs from: such an address may stay. */
  readonly autoAssignCIDRs?: readonly string[];
}

/** The facts about a cluster that judging a Service depends on: its ranges, and how its API server admits Services. */
export interface ClusterProfile {
  /** The service CIDRs; the first one has the primary family. */
  readonly serviceCIDRs: readonly string[];
  /** The range that node ports are allocated from; both bounds are inclusive. */
  readonly nodePortRange: PortRange;
  /**
   * Set if the service CIDRs are not known: those given then accept every address of both families, and nothing that
   * depends on them is refused.
   */
  readonly areRangesUnknown?: true;
  /** OpenShift's policy of external IPs; absent where there is none, or where it is not known. */
  readonly externalIPPolicy?: ExternalIPPolicy;
}

/** Profiles by name, for callers that know only the IP families of a cluster. */
export const PROFILES = {
  ipv4: profile("10.96.0.0/16"),
  ipv6: profile("fd00:10:96::/112"),
  dual: profile("10.96.0.0/16", "fd00:10:96::/112"),
  dual6: profile("fd00:10:96::/112", "10.96.0.0/16"),
} as const satisfies Record<string, ClusterProfile>;

/** A profile with the service CIDRs, and the node ports that an API server allocates from by default. */
export function profile(...serviceCIDRs: string[]): ClusterProfile {
  return { serviceCIDRs, nodePortRange: { first: 30000, last: 32767 } };
}

/** A cluster of which only the default range of node ports is assumed. */
export const UNKNOWN_CLUSTER: ClusterProfile = { ...profile("0.0.0.0/0", "::/0"), areRangesUnknown: true };

/** The service CIDRs, for people. */
export function rangesText({ serviceCIDRs, areRangesUnknown }: ClusterProfile): string {
  return areRangesUnknown === true ? "unknown" : serviceCIDRs.join(",");
}

interface Ranges {
  readonly ranges: readonly CIDR[];
  readonly families: readonly Family[];
}

/** Each profile is parsed once: it lives as long as the cluster, and is used for every Service. */
const parsed = new WeakMap<ClusterProfile, Ranges>();

function rangesOf(cluster: ClusterProfile): Ranges {
  const known = parsed.get(cluster);
  if (known !== undefined) return known;
  const ranges = cluster.serviceCIDRs.flatMap((text) => parseCIDR(text) ?? []);
  const fresh = { ranges, families: [...new Set(ranges.map(cidrFamily))] };
  parsed.set(cluster, fresh);
  return fresh;
}

/** The parsed service CIDRs; invalid ones are left out. */
export function serviceRanges(cluster: ClusterProfile): readonly CIDR[] {
  return rangesOf(cluster).ranges;
}

/** The IP families of the cluster, the primary one first. */
export function clusterFamilies(cluster: ClusterProfile): readonly Family[] {
  return rangesOf(cluster).families;
}
