import { Path } from "../../field/index.ts";
import {
  addressAfter,
  contains,
  familyOf,
  firstAddress,
  type IP,
  lastAddress,
  parseIP,
  sameAddress,
} from "../../net/index.ts";
import {
  addressPlaceholder,
  AllocatedValues,
  clusterFamilies,
  type ClusterProfile,
  serviceRanges,
} from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import {
  generatedName,
  isHeadless,
  needsClusterIP,
  needsNodePort,
  type Service,
  type ServiceSpec,
} from "../schema/index.ts";
import { validateClusterIPs } from "../validate/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";
import { allocateNodePorts } from "./allocate-node-ports.ts";
import { carryOver, syncClusterIPs } from "./carry-over.ts";
import type { AllocationContext } from "./context.ts";
import { carryOverPolicy, fillFamilies, keepsPreferDualStack } from "./families.ts";

const CLUSTER_IPS = Path.root.child("spec").child("clusterIPs");
const IP_FAMILIES = Path.root.child("spec").child("ipFamilies");

/**
 * The cluster-aware defaults: allocates families, cluster addresses, node ports and the health check port, and checks
 * those that the client requests. Findings end the request here, before validation. Changes the spec of the Service in
 * place: each value that the server allocates is a placeholder.
 * Source: section "Cluster-aware defaults and allocation" of the Service reference.
 * @returns the values that the server allocates
 */
export function allocate(
  service: Service,
  old: Service | undefined,
  context: AllocationContext,
  findings: Findings,
): AllocatedValues {
  const { spec } = service;
  const allocated = new AllocatedValues();
  if (old !== undefined) carryOver(spec, old.spec, context.version);
  syncClusterIPs(spec, old?.spec);
  if (needsClusterIP(spec)) {
    const keeps = keepsPreferDualStack(spec, old?.spec);
    if (!keeps) initFamilies(spec, old, context, findings);
    if (!keeps && findings.count === 0) allocateAddresses(spec, old?.spec, service, context, allocated, findings);
    if (findings.count > 0 && context.allStages !== true) return allocated;
  }
  if (needsNodePort(spec)) allocateNodePorts(spec, old?.spec, context, allocated, findings);
  return allocated;
}

function initFamilies(
  spec: ServiceSpec,
  old: Service | undefined,
  context: AllocationContext,
  findings: Findings,
): void {
  if (old !== undefined) carryOverPolicy(spec, old.spec);
  validateClusterIPs(spec, old?.spec, context.version, NOTHING_ALLOCATED, findings);
  if (findings.count === 0) fillFamilies(spec, old?.spec, context.cluster, findings);
}

const NOTHING_ALLOCATED = new AllocatedValues();

/** Allocates an address for each family that has none, and checks the addresses that the client requests. */
function allocateAddresses(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  service: Service,
  context: AllocationContext,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const isNew = old === undefined || old.type === "ExternalName";
  if (isNew ? isHeadless(spec) : isHeadless(old)) return;
  const isUpgrade = !isNew && old.ipFamilies?.length === 1 && spec.ipFamilies?.length === 2;
  if (!isNew && !isUpgrade) return;
  const clusterIPs = [...(spec.clusterIPs ?? [])];
  for (const [i, family] of (spec.ipFamilies ?? []).entries()) {
    if (isUpgrade && i === 0) continue;
    const requested = clusterIPs[i];
    if (requested !== undefined) {
      checkAddress(requested, service, context, findings);
      continue;
    }
    if (!clusterFamilies(context.cluster).some((one) => one === family)) {
      findings.add("second-family-lacking", IP_FAMILIES.index(i), family, {
        allowed: clusterFamilies(context.cluster),
      });
      return;
    }
    if (!context.dryRun && !canHoldAddress(service, context.version)) {
      const code = hasFeature(context.version, "unheldAddressRefused") ? "address-without-name" : "picked-without-name";
      findings.add(code, CLUSTER_IPS, undefined, nameFacts(service));
      return;
    }
    clusterIPs[i] = addressPlaceholder(family);
    allocated.addressFamilies[i] = family;
  }
  spec.clusterIPs = clusterIPs;
  if (isNew && clusterIPs[0] !== undefined) spec.clusterIP = clusterIPs[0];
}

/** A requested address must lie in the service ranges; outside a dry run, it must also be free. */
function checkAddress(text: string, service: Service, context: AllocationContext, findings: Findings): void {
  const { cluster, dryRun } = context;
  const ip = parseIP(text);
  if (ip === undefined) return;
  const allowed = cluster.serviceCIDRs;
  if (cluster.areRangesUnknown !== true && !isUsable(ip, cluster, context.version))
    findings.add("address-out-of-range", CLUSTER_IPS, text, { allowed });
  else if (dryRun) return;
  else if (isTaken(ip, service, cluster)) findings.add("address-taken", CLUSTER_IPS, text, { allowed });
  else if (!canHoldAddress(service, context.version))
    findings.add("address-without-name", CLUSTER_IPS, text, nameFacts(service));
}

/** A real write records by name which Service holds an address: there must be a name, and it must be usable in a URL. */
function canHoldAddress({ metadata }: Service, version: KubernetesVersion): boolean {
  if (!hasFeature(version, "addressObjects")) return true;
  const name = metadata.name ?? generatedName(metadata.generateName);
  return name !== undefined && name !== "." && name !== ".." && !/[/%]/.test(name);
}

function nameFacts({ metadata: { name } }: Service): { readonly other?: string } {
  return name === undefined ? {} : { other: name };
}

/** The shortest prefix of an IPv6 range that an API server takes with a bitmap. Source: its `--service-cluster-ip-range`. */
const WIDEST_IPV6_RANGE = 108;

/**
 * Whether the address is in a service range, and is neither its network address nor (IPv4) its broadcast address. Servers
 * that keep addresses in a bitmap use only the first 65,536 addresses of an IPv6 range.
 */
function isUsable(ip: IP, cluster: ClusterProfile, version: KubernetesVersion): boolean {
  return serviceRanges(cluster).some((cidr) => {
    const first = firstAddress(cidr);
    if (!contains(cidr, ip) || sameAddress(ip, first)) return false;
    if (familyOf(ip) === "IPv4") return !sameAddress(ip, lastAddress(cidr));
    // A server takes no wider range: this one stands for one that is not known.
    if (cidr.prefix < WIDEST_IPV6_RANGE || hasFeature(version, "addressObjects")) return true;
    return first.bytes.every((byte, i) => i >= 14 || byte === ip.bytes[i]);
  });
}

/** `default/kubernetes` holds the first address of each range. */
function isTaken(ip: IP, service: Service, cluster: ClusterProfile): boolean {
  if (cluster.areRangesUnknown === true) return false;
  if (service.metadata.name === "kubernetes" && service.metadata.namespace === "default") return false;
  return serviceRanges(cluster).some((cidr) => sameAddress(ip, addressAfter(firstAddress(cidr), 1)));
}
