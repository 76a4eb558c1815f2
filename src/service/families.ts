import { Path } from "../field/path.ts";
import { type Family, familyOf, parseIP } from "../net/ip.ts";
import { clusterFamilies, type ClusterProfile } from "./cluster.ts";
import type { Findings } from "./findings.ts";
import { needsClusterIP, sameTexts } from "./predicates.ts";
import type { ServiceSpec } from "./types.ts";

const SPEC = Path.root.child("spec");
const OTHER_FAMILY: Readonly<Record<string, Family>> = { IPv4: "IPv6", IPv6: "IPv4" };

/** On an update: the old policy where none is said; saying SingleStack drops the second address and family. */
export function carryOverFamilies(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.ipFamilyPolicy === undefined && old.ipFamilyPolicy !== undefined) spec.ipFamilyPolicy = old.ipFamilyPolicy;
  if (spec.ipFamilyPolicy !== "SingleStack" || old.ipFamilyPolicy === undefined || old.ipFamilyPolicy === "SingleStack")
    return;
  if (sameTexts(spec.clusterIPs, old.clusterIPs)) spec.clusterIPs = spec.clusterIPs?.slice(0, 1) ?? [];
  if (sameTexts(spec.ipFamilies, old.ipFamilies)) spec.ipFamilies = spec.ipFamilies?.slice(0, 1) ?? [];
}

/** On an update the second address or family goes only with SingleStack: changing headless and back, too. */
export function refuseSilentDowngrade(spec: ServiceSpec, old: ServiceSpec, findings: Findings): void {
  if (spec.ipFamilyPolicy === "SingleStack" || !needsClusterIP(old)) return;
  for (const field of ["clusterIPs", "ipFamilies"] as const) {
    if (old[field]?.length === 2 && spec[field]?.length === 1) {
      findings.add("downgrade-without-single-stack", SPEC.child("ipFamilyPolicy"), spec.ipFamilyPolicy, {
        other: `spec.${field}`,
      });
    }
  }
}

/** Whether an update leaves a PreferDualStack Service as it is: then a change of the cluster does not change it. */
export function keepsPreferDualStack(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  return (
    old !== undefined &&
    spec.ipFamilyPolicy === "PreferDualStack" &&
    old.ipFamilyPolicy === "PreferDualStack" &&
    sameTexts(spec.clusterIPs, old.clusterIPs) &&
    sameTexts(spec.ipFamilies, old.ipFamilies)
  );
}

/**
 * Fills in `ipFamilyPolicy` and `ipFamilies` as the cluster has them, in place, and reports what the cluster cannot
 * give. The addresses are well-formed by now. Source: section "Cluster-aware defaults".
 */
export function fillFamilies(spec: ServiceSpec, cluster: ClusterProfile, findings: Findings): void {
  const available = clusterFamilies(cluster);
  refuseTwoForSingleStack(spec, findings);
  const families = inferFamilies(spec, available, findings);
  if (findings.all.length > 0) return;

  if (spec.clusterIPs?.[0] === "None" && Object.keys(spec.selector ?? {}).length === 0) {
    spec.ipFamilyPolicy ??= "RequireDualStack";
    spec.ipFamilies = withSecond(spec, families, available, 2);
    return;
  }
  if (spec.ipFamilyPolicy === "RequireDualStack" && available.length < 2) {
    findings.add("single-stack-cluster", SPEC.child("ipFamilyPolicy"), spec.ipFamilyPolicy, { allowed: available });
  }
  for (const [i, family] of families.entries()) {
    if (!available.some((one) => one === family)) {
      findings.add("family-not-in-cluster", SPEC.child("ipFamilies").index(i), family, { allowed: available });
    }
  }
  if (findings.all.length > 0) return;
  spec.ipFamilyPolicy ??= families.length === 2 ? "RequireDualStack" : "SingleStack";
  spec.ipFamilies = withSecond(spec, families, available, available.length);
}

function refuseTwoForSingleStack(spec: ServiceSpec, findings: Findings): void {
  if ((spec.ipFamilyPolicy ?? "SingleStack") !== "SingleStack") return;
  for (const field of ["clusterIPs", "ipFamilies"] as const) {
    if (spec[field]?.length === 2) {
      findings.add("single-stack-with-two", SPEC.child("ipFamilyPolicy"), spec.ipFamilyPolicy, {
        other: `spec.${field}`,
      });
    }
  }
}

/** The families that the client named, continued by those of the addresses it asked for. */
function inferFamilies(spec: ServiceSpec, available: readonly Family[], findings: Findings): string[] {
  const families = [...(spec.ipFamilies ?? [])];
  for (const [i, text] of (spec.clusterIPs ?? []).entries()) {
    const ip = parseIP(text);
    if (ip === undefined) break;
    if (i < families.length) continue;
    const family = familyOf(ip);
    if (available.includes(family)) families.push(family);
    else findings.add("address-family-not-in-cluster", SPEC.child("clusterIPs").index(i), text, { allowed: available });
  }
  return families;
}

function withSecond(spec: ServiceSpec, families: string[], available: readonly Family[], atMost: number): string[] {
  const first = families[0] ?? available[0];
  if (first === undefined || families.length > 1) return families;
  const second = OTHER_FAMILY[first];
  return spec.ipFamilyPolicy === "SingleStack" || atMost < 2 || second === undefined ? [first] : [first, second];
}
