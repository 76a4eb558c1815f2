import {
  hasExternalPolicy,
  type LoadBalancerIngress,
  needsClusterIP,
  needsHealthCheckPort,
  needsNodePort,
  nodePorts,
  type ObjectMeta,
  sameStrings,
  type Service,
  type ServicePort,
  type ServiceSpec,
  type ServiceStatus,
} from "./schema/index.ts";
import { hasFeature, type KubernetesVersion } from "./versions/index.ts";

/** Prepares a create, in place: the status is cleared. */
export function prepareCreate(service: Service, version: KubernetesVersion): void {
  dropDisabledFields(service.spec, undefined, version);
  service.status = { loadBalancer: {} };
}

/** A field whose feature is off is dropped, unless the stored object has it already. */
function dropDisabledFields(spec: ServiceSpec, old: ServiceSpec | undefined, version: KubernetesVersion): void {
  if (spec.trafficDistribution === undefined || hasFeature(version, "trafficDistribution")) return;
  if (old?.trafficDistribution === undefined) spec.trafficDistribution = undefined;
}

/** Prepares a write of the status: the spec is taken from the stored object. */
export function prepareStatus(service: Service, old: Service, version: KubernetesVersion): Service {
  const metadata = withServerManagedFields(service.metadata, old.metadata);
  return { ...service, metadata, spec: old.spec, status: withoutDisabledModes(service, old, version) };
}

function withoutDisabledModes({ status }: Service, old: Service, version: KubernetesVersion): ServiceStatus {
  const { ingress } = status.loadBalancer;
  const isInUse = old.status.loadBalancer.ingress?.some(({ ipMode }) => ipMode !== undefined) === true;
  if (ingress === undefined || isInUse || hasFeature(version, "ipMode")) return status;
  return { ...status, loadBalancer: { ingress: ingress.map(withoutMode) } };
}

function withoutMode(entry: LoadBalancerIngress): LoadBalancerIngress {
  const rest = { ...entry };
  delete rest.ipMode;
  return rest;
}

/** Server-managed metadata that the client leaves out is kept; some of it is kept whatever the client sends. */
function withServerManagedFields(metadata: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const result = { ...metadata };
  if (old.creationTimestamp === undefined) delete result.creationTimestamp;
  else result.creationTimestamp = old.creationTimestamp;
  if (old.generation === undefined) delete result.generation;
  else result.generation = old.generation;
  if (old.deletionTimestamp !== undefined) result.deletionTimestamp = old.deletionTimestamp;
  if (metadata.uid === undefined && old.uid !== undefined) result.uid = old.uid;
  const seconds = metadata.deletionGracePeriodSeconds ?? old.deletionGracePeriodSeconds;
  if (seconds !== undefined) result.deletionGracePeriodSeconds = seconds;
  return result;
}

/**
 * Prepares an update, in place: the status is taken from the stored object, and fields that the new type cannot have are
 * cleared, unless the client changed them as well (then validation refuses them).
 * Source: section "Updates" of the Service reference.
 */
export function prepareUpdate(service: Service, old: Service, version: KubernetesVersion): void {
  const { spec } = service;
  dropDisabledFields(spec, old.spec, version);
  wipeAddresses(spec, old.spec);
  wipePorts(spec, old.spec);
  wipeLoadBalancerFields(spec, old.spec);
  const becomesUnreachable = hasExternalPolicy(old.spec, version) && !hasExternalPolicy(spec, version);
  if (becomesUnreachable && spec.externalTrafficPolicy === old.spec.externalTrafficPolicy)
    spec.externalTrafficPolicy = undefined;
  service.metadata = withServerManagedFields(service.metadata, old.metadata);
  service.status = spec.type === "LoadBalancer" ? old.status : { ...old.status, loadBalancer: {} };
}

function wipeAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  if (!needsClusterIP(old) || needsClusterIP(spec)) return;
  if (spec.clusterIP === old.clusterIP && sameStrings(spec.clusterIPs, old.clusterIPs)) {
    spec.clusterIP = undefined;
    spec.clusterIPs = undefined;
  }
  if (sameStrings(spec.ipFamilies, old.ipFamilies)) spec.ipFamilies = undefined;
  if (spec.ipFamilyPolicy === old.ipFamilyPolicy) spec.ipFamilyPolicy = undefined;
}

function wipePorts(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsNodePort(old) && !needsNodePort(spec) && nodePorts(spec).isSubsetOf(nodePorts(old)) && spec.ports) {
    spec.ports = spec.ports.map(withoutNodePort);
  }
  if (
    needsHealthCheckPort(old) &&
    !needsHealthCheckPort(spec) &&
    spec.healthCheckNodePort === old.healthCheckNodePort
  ) {
    spec.healthCheckNodePort = undefined;
  }
}

function withoutNodePort(port: ServicePort): ServicePort {
  const wiped = { ...port };
  delete wiped.nodePort;
  return wiped;
}

function wipeLoadBalancerFields(spec: ServiceSpec, old: ServiceSpec): void {
  if (old.type !== "LoadBalancer" || spec.type === "LoadBalancer") return;
  if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts)
    spec.allocateLoadBalancerNodePorts = undefined;
  if (spec.loadBalancerClass === old.loadBalancerClass) spec.loadBalancerClass = undefined;
}
