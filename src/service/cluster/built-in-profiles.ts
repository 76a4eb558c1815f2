import { type ClusterProfile, PROFILES, UNKNOWN_CLUSTER } from "./cluster-profile.ts";
import { PLATFORMS } from "./platforms.ts";

/** The name of the profile of a cluster whose service CIDRs are not known. */
export const UNKNOWN_CLUSTER_NAME = "unknown";

/** All profiles that can be chosen by name. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, ClusterProfile> = new Map<string, ClusterProfile>([
  [UNKNOWN_CLUSTER_NAME, UNKNOWN_CLUSTER],
  ...Object.entries(PROFILES),
  ...Object.entries(PLATFORMS).map(([name, platform]) => [name, platform.profile] as const),
]);
