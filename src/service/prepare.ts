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

/** Prepares a create: the status is cleared. */
export function prepareCreate(service: Service, version: KubernetesVersion): Service {
  const spec = withoutDisabledFields(service.spec, undefined, version);
  return { ...service, spec, status: { loadBalancer: {} } };
}

/** A field whose feature is off is dropped, unless the stored object has it already. */
function withoutDisabledFields(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  version: KubernetesVersion,
): ServiceSpec {
  if (spec.trafficDistribution === undefined || hasFeature(version, "trafficDistribution")) return spec;
  if (old?.trafficDistribution !== undefined) return spec;
  const rest = { ...spec };
  delete rest.trafficDistribution;
  return rest;
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
  delete result.creationTimestamp;
  delete result.generation;
  if (old.deletionTimestamp !== undefined) delete result.deletionTimestamp;
  keep(result, "uid", old.uid);
  keep(result, "creationTimestamp", old.creationTimestamp);
  keep(result, "generation", old.generation);
  keep(result, "deletionTimestamp", old.deletionTimestamp);
  keep(result, "deletionGracePeriodSeconds", old.deletionGracePeriodSeconds);
  return result;
}

function keep<K extends keyof ObjectMeta>(metadata: ObjectMeta, field: K, stored: ObjectMeta[K]): void {
  if (metadata[field] === undefined && stored !== undefined) metadata[field] = stored;
}

/**
 * Prepares an update: the status is taken from the stored object, and fields that the new type cannot have are cleared,
 * unless the client changed them as well (then validation refuses them).
 * Source: section "Updates" of the Service reference.
 */
export function prepareUpdate(service: Service, old: Service, version: KubernetesVersion): Service {
  const spec: ServiceSpec = { ...withoutDisabledFields(service.spec, old.spec, version) };
  wipeAddresses(spec, old.spec);
  wipePorts(spec, old.spec);
  wipeLoadBalancerFields(spec, old.spec);
  const becomesUnreachable = hasExternalPolicy(old.spec, version) && !hasExternalPolicy(spec, version);
  if (becomesUnreachable && spec.externalTrafficPolicy === old.spec.externalTrafficPolicy)
    delete spec.externalTrafficPolicy;
  const status = spec.type === "LoadBalancer" ? old.status : { ...old.status, loadBalancer: {} };
  return { ...service, metadata: withServerManagedFields(service.metadata, old.metadata), spec, status };
}

function wipeAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  if (!needsClusterIP(old) || needsClusterIP(spec)) return;
  if (spec.clusterIP === old.clusterIP && sameStrings(spec.clusterIPs, old.clusterIPs)) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  }
  if (sameStrings(spec.ipFamilies, old.ipFamilies)) delete spec.ipFamilies;
  if (spec.ipFamilyPolicy === old.ipFamilyPolicy) delete spec.ipFamilyPolicy;
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
    delete spec.healthCheckNodePort;
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
    delete spec.allocateLoadBalancerNodePorts;
  if (spec.loadBalancerClass === old.loadBalancerClass) delete spec.loadBalancerClass;
}
