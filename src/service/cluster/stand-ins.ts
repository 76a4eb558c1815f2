import { addressAfter, firstAddress, formatIP } from "../../net/index.ts";
import type { Service, ServiceSpec } from "../schema/index.ts";
import { ALLOCATED_PORT_PLACEHOLDER, familyOfPlaceholder } from "./allocated-values.ts";
import { type ClusterProfile, clusterFamilies, PROFILES, serviceRanges } from "./cluster-profile.ts";
import { isUnknownPort } from "./unknown-values.ts";

/** The first addresses of a range are taken by the cluster's own Services. */
const STEPS_TO_FREE_ADDRESS = 10;
/** The first ports of the range are those that a server allocates last. */
const STEPS_TO_FREE_PORT = 86;

/**
 * The Service with values as a server might allocate them, for those who evaluate expressions on it: in the ranges of the
 * cluster, or of a usual one if they are not known, and each port another one. The same Service if all its values are known.
 */
export function withStandIns(service: Service, cluster: ClusterProfile): Service {
  const { spec } = service;
  const hasAddresses = familyOfPlaceholder(spec.clusterIP) !== undefined || (spec.clusterIPs ?? []).some(isPlaceholder);
  const hasPorts =
    isOpenPort(spec.healthCheckNodePort) || (spec.ports ?? []).some(({ nodePort }) => isOpenPort(nodePort));
  if (!hasAddresses && !hasPorts) return service;
  const filled: ServiceSpec = { ...spec };
  if (spec.clusterIP !== undefined) filled.clusterIP = addressFor(spec.clusterIP, cluster);
  if (spec.clusterIPs !== undefined) filled.clusterIPs = spec.clusterIPs.map((address) => addressFor(address, cluster));
  let next = cluster.nodePortRange.first + STEPS_TO_FREE_PORT;
  if (spec.ports !== undefined) {
    filled.ports = spec.ports.map((port) => (isOpenPort(port.nodePort) ? { ...port, nodePort: next++ } : port));
  }
  if (isOpenPort(spec.healthCheckNodePort)) filled.healthCheckNodePort = next;
  return { ...service, spec: filled };
}

function isOpenPort(port: number | undefined): boolean {
  return port === ALLOCATED_PORT_PLACEHOLDER || isUnknownPort(port);
}

function isPlaceholder(address: string): boolean {
  return familyOfPlaceholder(address) !== undefined;
}

function addressFor(address: string, cluster: ClusterProfile): string {
  const family = familyOfPlaceholder(address);
  if (family === undefined) return address;
  const known = cluster.areRangesUnknown === true ? PROFILES.dual : cluster;
  const range = serviceRanges(known)[clusterFamilies(known).findIndex((one) => one === family)];
  return range === undefined ? address : formatIP(addressAfter(firstAddress(range), STEPS_TO_FREE_ADDRESS));
}
