import { cidrFamily, parseCIDR } from "../../net/index.ts";
import type { ClusterProfile } from "../../service/cluster/index.ts";

/** Whether a cluster has addresses of an IP family, as far as is known. */
export function isFamilyServed({ serviceCIDRs, areRangesUnknown }: ClusterProfile, family: string): boolean {
  if (areRangesUnknown === true) return true;
  return serviceCIDRs.some((range) => {
    const cidr = parseCIDR(range);
    return cidr !== undefined && cidrFamily(cidr) === family;
  });
}
