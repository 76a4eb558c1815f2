import type { Judgement } from "../../engine/index.ts";
import { isObject, valueAt } from "../../field/index.ts";
import type { Settings } from "./settings.ts";

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

/** What is shown in place of a family that only the cluster's ranges decide. */
const UNKNOWN_FAMILY = "<depends on the cluster>";
const UNKNOWN_ADDRESS = "<allocated>";

/**
 * The judgement without what was assumed about a cluster whose ranges are not known: that it has both families, IPv4 first.
 * A family is known if the manifest names it, or an address of it.
 */
export function withoutAssumedFamilies(judgement: Judgement, manifest: unknown, { cluster }: Settings): Judgement {
  const { stored, allocated } = judgement;
  const { ipFamilies = [], ipFamilyPolicy, clusterIPs = [] } = stored?.spec ?? {};
  if (stored === undefined || cluster.areRangesUnknown !== true) return judgement;
  const known = knownFamilies(clusterIPs, manifest, ipFamilyPolicy);
  if (known >= ipFamilies.length) return judgement;
  // Whether there is a second one depends on the cluster, too.
  const count = ipFamilyPolicy === "PreferDualStack" ? known + 1 : ipFamilies.length;
  const families = ipFamilies.slice(0, count).map((family, index) => (index < known ? family : UNKNOWN_FAMILY));
  const addresses = clusterIPs
    .slice(0, count)
    .map((address, index) => (index < known || address === "None" ? address : UNKNOWN_ADDRESS));
  const [clusterIP = stored.spec.clusterIP] = addresses;
  const unknown = families.flatMap((family, index) => (family === UNKNOWN_FAMILY ? [`/spec/ipFamilies/${index}`] : []));
  return {
    ...judgement,
    stored: {
      ...stored,
      spec: { ...stored.spec, ...(clusterIP && { clusterIP }), clusterIPs: addresses, ipFamilies: families },
    },
    allocated: [...allocated, ...unknown],
  };
}

/** How many of the families, from the first on, the manifest decides. */
function knownFamilies(clusterIPs: readonly string[], manifest: unknown, policy: string | undefined): number {
  const firstOther = clusterIPs.findIndex((address) => address.startsWith("<") || address === "None");
  const addresses = firstOther === -1 ? clusterIPs.length : firstOther;
  const known = Math.max(addresses, listOf(valueAt(manifest, ["spec", "ipFamilies"])).length);
  // The second family of a Service that requires both follows from the first.
  return known === 1 && policy === "RequireDualStack" ? 2 : known;
}
