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
  const families = [...new Set([...configured.serviceCIDRs.map(familyOf), ...familiesOf(object)])];
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

function familiesOf(object: unknown): readonly Family[] {
  const addresses = valueAt(object, ["spec", "clusterIPs"]);
  if (!Array.isArray(addresses)) return [];
  return addresses.filter((address) => typeof address === "string" && address !== "None").map(familyOf);
}

function familyOf(address: string): Family {
  return address.includes(":") ? "IPv6" : "IPv4";
}
