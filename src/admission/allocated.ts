import { valueAt } from "../field/index.ts";
import type { ClusterProfile } from "../service/cluster/index.ts";

type Family = "IPv4" | "IPv6";

const EVERY_ADDRESS = { IPv4: "0.0.0.0/0", IPv6: "::/0" } as const satisfies Record<Family, string>;

/** One profile for each order of families, made once: the engine may keep what it worked out for a profile. */
const profiles = new Map<string, ClusterProfile>();

/**
 * Whether the API server has settled this object: it picked the addresses and ports and found them in range and free.
 * It gives a new object its uid on the way, so mutating admission and reviews written by hand show none.
 */
export function isAllocated(object: unknown): boolean {
  return typeof valueAt(object, ["metadata", "uid"]) === "string";
}

/**
 * The cluster to judge a settled object in: any address is in range, and the families that the object was given are
 * the cluster's, whatever Fairlead was told of it.
 */
export function clusterOfAllocated(object: unknown, told: ClusterProfile): ClusterProfile {
  const families = [...new Set([...told.serviceCIDRs.map(familyOf), ...familiesOf(object)])];
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
