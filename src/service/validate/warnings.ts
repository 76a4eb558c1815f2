import { Path } from "../../field/index.ts";
import { familyOf, formatCIDR, formatIP, hasHostBits, interpretations, parseCIDR, parseIP } from "../../net/index.ts";
import type { AllocatedValues } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import type { MessageFacts } from "../messages/index.ts";
import { isHeadless, needsClusterIP, type Service } from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";

const SPEC = Path.root.child("spec");
const CLUSTER_IPS = SPEC.child("clusterIPs");
const EXTERNAL_IPS = SPEC.child("externalIPs");
const SOURCE_RANGES = SPEC.child("loadBalancerSourceRanges");
const TOPOLOGY_AWARE_HINTS = "service.kubernetes.io/topology-aware-hints";

/** The warnings of the API server about a Service that it accepts. Source: section "Validation", warnings. */
export function warn(
  service: Service,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const { metadata, spec } = service;
  const hints = metadata.annotations?.[TOPOLOGY_AWARE_HINTS];
  if (hints !== undefined) {
    findings.add(
      "topology-hints-deprecated",
      Path.root.child("metadata").child("annotations").key(TOPOLOGY_AWARE_HINTS),
      hints,
    );
  }
  warnAddresses(service, version, allocated, findings);
  warnIgnored(service, version, findings);
  const hasEffect = !isHeadless(spec) && needsClusterIP(spec);
  if (spec.externalIPs !== undefined && hasEffect && hasFeature(version, "externalIPsDeprecated")) {
    findings.add("external-ips-deprecated", EXTERNAL_IPS, spec.externalIPs);
  }
  if (spec.trafficDistribution === "PreferClose" && hasFeature(version, "preferCloseDeprecated")) {
    findings.add("prefer-close-deprecated", SPEC.child("trafficDistribution"), spec.trafficDistribution);
  }
}

/** The warnings of the API server about a write of the status. */
export function warnStatus({ status }: Service, version: KubernetesVersion, findings: Findings): void {
  if (!hasFeature(version, "nonstandardAddressWarnings")) return;
  const path = Path.root.child("status").child("loadBalancer").child("ingress");
  for (const [i, { ip }] of (status.loadBalancer.ingress ?? []).entries()) {
    if (ip !== undefined) warnNonstandardIP(path.index(i).child("ip"), ip, findings);
  }
}

/** Fields that have no effect in this Service. */
function warnIgnored({ spec }: Service, version: KubernetesVersion, findings: Findings): void {
  const isAlias = spec.type === "ExternalName";
  if (isHeadless(spec) && hasFeature(version, "headlessWarnings")) {
    if (spec.loadBalancerIP !== undefined)
      ignored("loadBalancerIP", spec.loadBalancerIP, "spec.clusterIP is None", findings);
    if (spec.externalIPs !== undefined) ignored("externalIPs", spec.externalIPs, "spec.clusterIP is None", findings);
    if (spec.sessionAffinity !== "None")
      ignored("sessionAffinity", spec.sessionAffinity, "spec.clusterIP is None", findings);
  }
  if (!hasFeature(version, "externalNameWarnings")) return;
  if (isAlias && spec.externalIPs !== undefined)
    ignored("externalIPs", spec.externalIPs, "spec.type is ExternalName", findings);
  if (!isAlias && spec.externalName !== undefined) {
    ignored("externalName", spec.externalName, "spec.type is not ExternalName", findings);
  }
}

function ignored(field: string, found: unknown, because: string, findings: Findings): void {
  findings.add("ignored-field", SPEC.child(field), found, { because });
}

/** Addresses and ranges that are not in canonical form. */
function warnAddresses(
  { spec }: Service,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const isNewer = hasFeature(version, "nonstandardAddressWarnings");
  const warnIP = isNewer ? warnNonstandardIP : warnFutureIP;
  const warnCIDR = isNewer ? warnNonstandardCIDR : warnFutureCIDR;
  if (needsClusterIP(spec) && !isHeadless(spec)) {
    for (const [i, text] of (spec.clusterIPs ?? []).entries()) {
      if (allocated.addressFamilies[i] === undefined) warnIP(CLUSTER_IPS.index(i), text, findings);
    }
  }
  if (spec.loadBalancerIP !== undefined) warnIP(SPEC.child("loadBalancerIP"), spec.loadBalancerIP, findings);
  for (const [i, text] of (spec.externalIPs ?? []).entries()) warnIP(EXTERNAL_IPS.index(i), text, findings);
  for (const [i, text] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    warnCIDR(SOURCE_RANGES.index(i), text, findings);
  }
}

function warnNonstandardIP(path: Path, text: string, findings: Findings): void {
  const ip = parseIP(text);
  if (ip === undefined) return;
  const other = (): MessageFacts => ({ other: formatIP(ip) });
  if (ip.padded || ip.mapped) findings.add("address-nonstandard", path, text, other);
  else if (familyOf(ip) === "IPv6" && formatIP(ip) !== text) findings.add("address-not-canonical", path, text, other);
}

function warnNonstandardCIDR(path: Path, text: string, findings: Findings): void {
  const cidr = parseCIDR(text);
  if (cidr === undefined) return;
  const other = (): MessageFacts => ({ other: formatCIDR(cidr) });
  const isAmbiguous = hasHostBits(cidr);
  if (isAmbiguous) findings.add("cidr-ambiguous", path, text, () => ({ allowed: interpretations(cidr) }));
  if (cidr.padded || cidr.ip.mapped) findings.add("address-nonstandard", path, text, other);
  else if (!isAmbiguous && familyOf(cidr.ip) === "IPv6" && formatCIDR(cidr) !== text) {
    findings.add("address-not-canonical", path, text, other);
  }
}

/** What servers up to 1.32 warn about: what Go's newer parser does not read, and IPv6 that it would write otherwise. */
function warnFutureIP(path: Path, text: string, findings: Findings): void {
  const canonical = canonicalIP(text);
  if (canonical === undefined) findings.add("address-unreadable", path, text);
  else if (canonical.includes(":") && canonical !== text)
    findings.add("address-not-canonical", path, text, { other: canonical });
}

function warnFutureCIDR(path: Path, text: string, findings: Findings): void {
  const slash = text.lastIndexOf("/");
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  const canonical = canonicalIP(address);
  if (canonical === undefined || parseCIDR(text)?.padded !== false) findings.add("address-unreadable", path, text);
  else if (canonical.includes(":") && canonical !== address)
    findings.add("address-not-canonical", path, text, { other: `${canonical}/${bits}` });
}

/** The text that Go's `netip` writes for an address; undefined for one that it does not read. */
function canonicalIP(text: string): string | undefined {
  // Only an IPv6 address has a zone; the strict parser keeps it.
  const [, address = "", zone = ""] = /^([^%]*)(%.+)?$/su.exec(text) ?? [];
  const ip = parseIP(address);
  if (ip === undefined || ip.padded || (zone !== "" && !address.includes(":"))) return undefined;
  return `${ip.mapped ? "::ffff:" : ""}${formatIP(ip)}${zone}`;
}
