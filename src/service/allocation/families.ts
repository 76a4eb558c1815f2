import { Path } from "../../field/index.ts";
import { type Family, familyOf, parseIP } from "../../net/index.ts";
import { clusterFamilies, type ClusterProfile, familyOfPlaceholder } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import { isOneOf, sameStrings, type ServiceSpec, TYPES } from "../schema/index.ts";

const SPEC = Path.root.child("spec");
const POLICY = SPEC.child("ipFamilyPolicy");
const OTHER_FAMILY: Readonly<Record<string, Family>> = { IPv4: "IPv6", IPv6: "IPv4" };

/** On an update, keeps the stored policy if the client left it out. */
export function carryOverPolicy(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.ipFamilyPolicy === undefined && old.ipFamilyPolicy !== undefined) spec.ipFamilyPolicy = old.ipFamilyPolicy;
}

/** Whether an update leaves a PreferDualStack Service unchanged: then it keeps its families even if the cluster's changed. */
export function keepsPreferDualStack(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  return (
    old !== undefined &&
    spec.type === old.type &&
    isOneOf(TYPES, spec.type ?? "") &&
    spec.ipFamilyPolicy === "PreferDualStack" &&
    (old.ipFamilyPolicy ?? "PreferDualStack") === "PreferDualStack" &&
    sameStrings(spec.clusterIPs, old.clusterIPs) &&
    sameStrings(spec.ipFamilies, old.ipFamilies)
  );
}

/**
 * Fills in `ipFamilyPolicy` and `ipFamilies` according to the cluster, in place, and reports what the cluster cannot
 * provide. Expects well-formed addresses. Source: section "Cluster-aware defaults" of the Service reference.
 */
export function fillFamilies(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  cluster: ClusterProfile,
  findings: Findings,
): void {
  const available = clusterFamilies(cluster);
  const isUnrestricted = isHeadlessWithoutSelector(spec);
  const policy = spec.ipFamilyPolicy ?? (isUnrestricted ? "RequireDualStack" : "SingleStack");
  if (policy === "SingleStack") {
    if (old !== undefined) dropSecond(spec, old);
    refuseTwo(spec, findings);
  } else if (old !== undefined) refuseSilentDowngrade(spec, old, findings);
  const families = inferFamilies(spec, available, findings);
  if (findings.count > 0) return;

  spec.ipFamilyPolicy = policy;
  if (isUnrestricted) {
    spec.ipFamilies = withSecond(policy, families, available, 2);
    return;
  }
  if (policy === "RequireDualStack" && available.length < 2) {
    findings.add("single-stack-cluster", POLICY, policy, { allowed: available });
  }
  for (const [i, family] of families.entries()) {
    if (!available.some((one) => one === family)) {
      findings.add("family-not-in-cluster", SPEC.child("ipFamilies").index(i), family, { allowed: available });
    }
  }
  if (findings.count > 0) return;
  spec.ipFamilies = withSecond(policy, families, available, available.length);
}

/** Whether the endpoints are not managed by the cluster: they may be of either family, whatever families it has. */
function isHeadlessWithoutSelector(spec: ServiceSpec): boolean {
  return spec.clusterIP === "None" && Object.keys(spec.selector ?? {}).length === 0;
}

const FIELDS = ["clusterIPs", "ipFamilies"] as const;

/** SingleStack drops the second address and family if the client left them unchanged. */
function dropSecond(spec: ServiceSpec, old: ServiceSpec): void {
  for (const field of FIELDS) {
    const values = spec[field] ?? [];
    if (values.length > 1 && sameStrings(values, old[field])) spec[field] = values.slice(0, 1);
  }
}

/** On an update, the second address or family can be removed only with SingleStack; this covers headless changes, too. */
function refuseSilentDowngrade(spec: ServiceSpec, old: ServiceSpec, findings: Findings): void {
  for (const field of FIELDS) {
    const [after, before] = [spec[field]?.length ?? 0, old[field]?.length ?? 0];
    if (after === 0 || after >= before) continue;
    findings.add("downgrade-without-single-stack", POLICY, spec.ipFamilyPolicy, { other: `spec.${field}` });
  }
}

function refuseTwo(spec: ServiceSpec, findings: Findings): void {
  for (const field of FIELDS) {
    if (spec[field]?.length !== 2) continue;
    findings.add("single-stack-with-two", POLICY, spec.ipFamilyPolicy, { other: `spec.${field}` });
  }
}

/** The families that the client named, followed by those of the addresses that it requested. */
function inferFamilies(spec: ServiceSpec, available: readonly Family[], findings: Findings): string[] {
  const families = [...(spec.ipFamilies ?? [])];
  for (const [i, text] of (spec.clusterIPs ?? []).entries()) {
    const family = familyOfAddress(text);
    if (family === undefined) break;
    if (i < families.length) continue;
    if (available.some((one) => one === family)) families.push(family);
    else findings.add("address-family-not-in-cluster", SPEC.child("clusterIPs").index(i), text, { allowed: available });
  }
  return families;
}

/** The family of an address, also of one that is stored but not known. */
function familyOfAddress(text: string): string | undefined {
  const ip = parseIP(text);
  return ip === undefined ? familyOfPlaceholder(text) : familyOf(ip);
}

function withSecond(policy: string, families: string[], available: readonly Family[], atMost: number): string[] {
  const first = families[0] ?? available[0];
  if (first === undefined || families.length > 1) return families;
  const second = OTHER_FAMILY[first];
  return policy === "SingleStack" || atMost < 2 || second === undefined ? [first] : [first, second];
}
