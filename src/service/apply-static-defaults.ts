import {
  hasExternalPolicy,
  type LoadBalancerIngress,
  type Service,
  type ServicePort,
  STATIC_DEFAULTS,
} from "./schema/index.ts";
import { hasFeature, type KubernetesVersion } from "./versions/index.ts";

const TYPE = STATIC_DEFAULTS["spec.type"].value;
const PROTOCOL = STATIC_DEFAULTS["spec.ports[].protocol"].value;
const AFFINITY = STATIC_DEFAULTS["spec.sessionAffinity"].value;
const AFFINITY_TIMEOUT = STATIC_DEFAULTS["spec.sessionAffinityConfig.clientIP.timeoutSeconds"].value;
const EXTERNAL_POLICY = STATIC_DEFAULTS["spec.externalTrafficPolicy"].value;
const INTERNAL_POLICY = STATIC_DEFAULTS["spec.internalTrafficPolicy"].value;
const ALLOCATES_NODE_PORTS = STATIC_DEFAULTS["spec.allocateLoadBalancerNodePorts"].value;
const IP_MODE = STATIC_DEFAULTS["status.loadBalancer.ingress[].ipMode"].value;

/**
 * Applies the static defaults: what the API server fills in before mutating admission, from the object only. Returns a
 * new Service; the argument is not changed. Source: section "Static defaults" of the Service reference.
 */
export function applyStaticDefaults(service: Service, version: KubernetesVersion): Service {
  const defaulted = { ...service, spec: { ...service.spec } };
  fillStaticDefaults(defaulted, version);
  return defaulted;
}

/**
 * Fills in the static defaults, in place, as {@link applyStaticDefaults} does in a copy. Only the Service itself and its
 * spec are changed: below these, what gets a default is copied.
 */
export function fillStaticDefaults(service: Service, version: KubernetesVersion): void {
  const { spec, status } = service;
  spec.type ??= TYPE;
  spec.sessionAffinity ??= AFFINITY;
  if (spec.sessionAffinityConfig !== undefined && spec.sessionAffinity === "None")
    spec.sessionAffinityConfig = undefined;
  if (spec.sessionAffinity === "ClientIP" && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_TIMEOUT } };
  }
  if (spec.ports?.some(lacksDefault) === true) spec.ports = mapDistinct(spec.ports, defaultPort);
  if (hasExternalPolicy(spec, version)) spec.externalTrafficPolicy ??= EXTERNAL_POLICY;
  if (hasFeature(version, "internalTrafficPolicy") && isClusterInternal(spec.type))
    spec.internalTrafficPolicy ??= INTERNAL_POLICY;
  if (spec.type !== "LoadBalancer") return;
  if (hasFeature(version, "allocateLoadBalancerNodePorts")) spec.allocateLoadBalancerNodePorts ??= ALLOCATES_NODE_PORTS;
  const { ingress } = status.loadBalancer;
  if (ingress === undefined || !hasFeature(version, "ipMode")) return;
  service.status = { ...status, loadBalancer: { ingress: ingress.map(defaultIngress) } };
}

/**
 * Maps a list, and calls `change` only once for consecutive items that are one and the same object: a million empty list
 * items decode to one.
 */
function mapDistinct<T extends object>(list: readonly T[], change: (item: T) => T): T[] {
  let [last, changed]: [T | undefined, T | undefined] = [undefined, undefined];
  return list.map((item) => {
    if (item === last && changed !== undefined) return changed;
    last = item;
    return (changed = change(item));
  });
}

/** Usually nothing is lacking: the API server has already applied the defaults. */
function lacksDefault({ protocol, targetPort }: ServicePort): boolean {
  return protocol === undefined || targetPort === 0 || targetPort === "";
}

function defaultPort(port: ServicePort): ServicePort {
  if (!lacksDefault(port)) return port;
  const targetPort = port.targetPort === 0 || port.targetPort === "" ? port.port : port.targetPort;
  return { ...port, protocol: port.protocol ?? PROTOCOL, targetPort };
}

function defaultIngress(ingress: LoadBalancerIngress): LoadBalancerIngress {
  return ingress.ip === undefined || ingress.ipMode !== undefined ? ingress : { ...ingress, ipMode: IP_MODE };
}

function isClusterInternal(type: string): boolean {
  return type === "ClusterIP" || type === "NodePort" || type === "LoadBalancer";
}
