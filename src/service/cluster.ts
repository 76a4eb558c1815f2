import { type CIDR, cidrFamily, parseCIDR } from "../net/cidr.ts";
import type { Family } from "../net/ip.ts";

/** What cannot be read off a Service: the cluster's address ranges and its node port range. */
export interface ClusterProfile {
  /** Service CIDRs; the first one is of the primary family. */
  readonly serviceCIDRs: readonly string[];
  /** The first and last port, both included, that node ports are given from. */
  readonly nodePortRange: { readonly first: number; readonly last: number };
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

interface Ranges {
  readonly ranges: readonly CIDR[];
  readonly families: readonly Family[];
}

/** Each profile is read once: it lives as long as the cluster, and is asked for every Service. */
const read = new WeakMap<ClusterProfile, Ranges>();

function rangesOf(cluster: ClusterProfile): Ranges {
  const known = read.get(cluster);
  if (known !== undefined) return known;
  const ranges = cluster.serviceCIDRs.flatMap((text) => parseCIDR(text) ?? []);
  const fresh = { ranges, families: [...new Set(ranges.map(cidrFamily))] };
  read.set(cluster, fresh);
  return fresh;
}

/** The service CIDRs, read; texts that are none are left out. */
export function serviceRanges(cluster: ClusterProfile): readonly CIDR[] {
  return rangesOf(cluster).ranges;
}

/** The families that the cluster has, the primary one first. */
export function clusterFamilies(cluster: ClusterProfile): readonly Family[] {
  return rangesOf(cluster).families;
}
