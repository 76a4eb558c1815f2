import { valueAt } from "../field/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";

type Family = "IPv4" | "IPv6";

const EVERY_ADDRESS = { IPv4: "0.0.0.0/0", IPv6: "::/0" } as const satisfies Record<Family, string>;

/** One profile for each order of IP families, so that what the engine derives from a profile can be reused. */
const profiles = new Map<string, ClusterProfile>();

/**
 * Whether the API server has allocated this object's addresses and ports, found in range and free. It assigns the uid
 * before that, so mutating admission and reviews written by hand have none.
 */
export function isAllocated(object: unknown): boolean {
  return typeof valueAt(object, ["metadata", "uid"]) === "string";
}

/**
 * The cluster profile for judging an allocated object: any address is in range, and the IP families of the object are
 * the cluster's, whatever the configuration says.
 */
export function profileForAllocated(object: unknown, configured: ClusterProfile): ClusterProfile {
  const families: Family[] = [];
  for (const range of configured.serviceCIDRs) addFamily(families, range);
  const addresses = valueAt(object, ["spec", "clusterIPs"]);
  if (Array.isArray(addresses)) for (const address of addresses) addFamily(families, address);
  const name = families.join();
  const known = profiles.get(name);
  if (known !== undefined) return known;
  const profile = {
    serviceCIDRs: families.map((family) => EVERY_ADDRESS[family]),
    nodePortRange: { first: 1, last: 65535 },
  };
  profiles.set(name, profile);
  return profile;
}

/** Adds the family of an address or a range, if it is none of these. */
function addFamily(families: Family[], address: unknown): void {
  if (typeof address !== "string" || address === "None") return;
  const family = address.includes(":") ? "IPv6" : "IPv4";
  if (!families.includes(family)) families.push(family);
}
