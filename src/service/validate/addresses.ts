import { Path } from "../../field/index.ts";
import { familyOf, hasHostBits, interpretations, type IP, parseCIDR, parseIP, specialUse } from "../../net/index.ts";
import { type AllocatedValues, familyOfPlaceholder, isUnknownAddress } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import { IP_FAMILIES, IP_FAMILY_POLICIES, isHeadless, isOneOf, type ServiceSpec } from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";

const SPEC = Path.root.child("spec");
const CLUSTER_IPS = SPEC.child("clusterIPs");
const EXTERNAL_IPS = SPEC.child("externalIPs");
const FAMILIES = SPEC.child("ipFamilies");

const NOTHING: ReadonlySet<string> = new Set();

/** The stored values: on create, there are none. */
function setOf(stored: readonly string[] | undefined): ReadonlySet<string> {
  return stored === undefined ? NOTHING : new Set(stored);
}

/**
 * Validates an address in a field that used to be lenient: a stored value may stay, a new one must follow the stricter
 * rules of newer versions. Returns the address, `stored` for a value that may stay, or undefined if it is invalid.
 */
export function validateIP(
  path: Path,
  text: string,
  existing: ReadonlySet<string>,
  version: KubernetesVersion,
  findings: Findings,
): IP | "stored" | undefined {
  findings.checkpoint();
  if (existing.has(text) && (isUnknownAddress(text) || hasFeature(version, "storedAddressesStay"))) return "stored";
  const ip = parseIP(text);
  if (ip === undefined) findings.add("ip-format", path, text);
  if (ip === undefined || !(ip.padded || ip.mapped) || !hasFeature(version, "strictAddresses")) return ip;
  if (ip.padded) findings.add("ip-leading-zeros", path, text);
  if (ip.mapped) findings.add("ip-mapped", path, text);
  return undefined;
}

/** Validates a CIDR in a field that used to be lenient: a stored value may stay. @param code the code of what is no CIDR */
export function validateCIDR(
  path: Path,
  text: string,
  existing: ReadonlySet<string>,
  version: KubernetesVersion,
  findings: Findings,
  code: "cidr-format" | "cidr-in-list-format" = "cidr-format",
): void {
  findings.checkpoint();
  if (existing.has(text) && hasFeature(version, "storedAddressesStay")) return;
  const cidr = parseCIDR(text);
  if (cidr === undefined) {
    findings.add(code, path, text);
    return;
  }
  if (!hasFeature(version, "strictAddresses")) return;
  if (cidr.padded) findings.add("cidr-leading-zeros", path, text);
  if (cidr.ip.mapped) findings.add("cidr-mapped", path, text);
  if (hasHostBits(cidr)) findings.add("cidr-host-bits", path, text, () => ({ allowed: interpretations(cidr) }));
}

/** Validates external IPs: addresses that traffic from outside can be sent to. */
export function validateExternalIPs(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  version: KubernetesVersion,
  findings: Findings,
): void {
  if (spec.externalIPs === undefined) return;
  const existing = setOf(old?.externalIPs);
  for (const [i, text] of spec.externalIPs.entries()) {
    if (findings.canStop) return;
    const path = EXTERNAL_IPS.index(i);
    const valid = validateIP(path, text, existing, version, findings);
    const ip = valid === "stored" ? parseIP(text) : valid;
    const use = ip === undefined ? undefined : specialUse(ip);
    if (use !== undefined) findings.add("ip-special", path, text, { use });
  }
}

/**
 * Validates `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` together.
 * Source: section "Validation", dual-stack fields.
 * @param allocated the values that the server allocates: they are valid
 */
export function validateClusterIPs(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  if (spec.type === "ExternalName") return;
  validateConsistency(spec, findings);
  validateFamilies(spec, findings);
  if (spec.clusterIPs !== undefined) validateAddresses(spec, spec.clusterIPs, old, version, allocated, findings);
}

/** Validates the addresses, and that they are of the families that the spec names. */
function validateAddresses(
  spec: ServiceSpec,
  clusterIPs: readonly string[],
  old: ServiceSpec | undefined,
  version: KubernetesVersion,
  { addressFamilies }: AllocatedValues,
  findings: Findings,
): void {
  const existing = setOf(old?.clusterIPs);
  const usable = clusterIPs.map((text, i) => {
    if (i === 0 && text === "None") {
      if (clusterIPs.length > 1) findings.add("none-not-alone", CLUSTER_IPS, clusterIPs);
      return clusterIPs.length === 1;
    }
    if (addressFamilies[i] !== undefined) return true;
    return validateIP(CLUSTER_IPS.index(i), text, existing, version, findings) !== undefined;
  });
  if (clusterIPs.length > 2) findings.add("too-many-cluster-ips", CLUSTER_IPS, clusterIPs);
  if (usable.includes(false) || isHeadless(spec)) return;

  const families = clusterIPs.map((text, i) => addressFamilies[i] ?? familyOfText(text, existing));
  if (families.length > 1 && families.includes(undefined))
    findings.add("cluster-ips-unreadable", CLUSTER_IPS, clusterIPs);
  if (families.length > 1 && (families.includes(undefined) || new Set(families).size < families.length))
    findings.add("cluster-ips-one-family", CLUSTER_IPS, clusterIPs);
  for (const [i, family] of families.entries()) {
    const want = spec.ipFamilies?.[i];
    if (want === undefined || want === family || !isOneOf(IP_FAMILIES, want)) continue;
    if (i === 0 && family !== undefined && clusterIPs[0] === old?.clusterIPs?.[0]) {
      const address = isUnknownAddress(clusterIPs[0]) ? "" : ` (${clusterIPs[0] ?? ""})`;
      findings.add("primary-family-immutable", CLUSTER_IPS.index(0), want, {
        other: `${family}${address}`,
        want: family,
      });
    } else {
      findings.add("cluster-ip-family", CLUSTER_IPS.index(i), clusterIPs[i], {
        allowed: [want],
        other: `spec.ipFamilies[${i}]`,
      });
    }
  }
}

/** A stored object that was judged without a cluster may have placeholders of addresses. */
function familyOfText(text: string, existing: ReadonlySet<string>): string | undefined {
  const ip = parseIP(text);
  if (ip !== undefined) return familyOf(ip);
  return existing.has(text) ? familyOfPlaceholder(text) : undefined;
}

function validateConsistency(spec: ServiceSpec, findings: Findings): void {
  const first = spec.clusterIPs?.[0];
  if (spec.clusterIP === undefined) {
    if (first !== undefined) findings.add("cluster-ips-alone", CLUSTER_IPS, spec.clusterIPs, { other: first });
  } else if (first === undefined) findings.add("cluster-ips-required", CLUSTER_IPS);
  else if (first !== spec.clusterIP)
    findings.add("cluster-ips-differ", CLUSTER_IPS, spec.clusterIPs, { other: spec.clusterIP });
}

function validateFamilies({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec, findings: Findings): void {
  const seen = ipFamilies.length > 1 ? new Set<string>() : undefined;
  for (const [i, family] of ipFamilies.entries()) {
    if (findings.canStop) break;
    if (!isOneOf(IP_FAMILIES, family)) {
      findings.add("unsupported-value", FAMILIES.index(i), family, { allowed: IP_FAMILIES });
    }
    if (seen?.has(family) === true) findings.add("duplicate-family", FAMILIES.index(i), family);
    seen?.add(family);
  }
  if (ipFamilyPolicy !== undefined && !isOneOf(IP_FAMILY_POLICIES, ipFamilyPolicy)) {
    findings.add("unsupported-value", SPEC.child("ipFamilyPolicy"), ipFamilyPolicy, { allowed: IP_FAMILY_POLICIES });
  }
}
