import { isObject, valueAt } from "../../field/index.ts";
import type { Settings } from "../settings/index.ts";

/** Whether the answer for a manifest depends on ranges that are not known. */
export function dependsOnUnknownRanges(manifest: unknown, { cluster }: Settings): boolean {
  return cluster.areRangesUnknown === true && dependsOnServiceCIDRs(manifest);
}

/**
 * Whether the API server's answer for a manifest depends on the service CIDRs of the cluster: it asks for a cluster IP,
 * for a family, or for two families.
 */
function dependsOnServiceCIDRs(manifest: unknown): boolean {
  const spec = valueAt(manifest, ["spec"]);
  if (!isObject(spec) || spec["type"] === "ExternalName") return false;
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = spec;
  return (
    [clusterIP, ...listOf(clusterIPs)].some((address) => typeof address === "string" && !/^(?:None)?$/.test(address)) ||
    listOf(ipFamilies).length > 0 ||
    ipFamilyPolicy === "RequireDualStack"
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
