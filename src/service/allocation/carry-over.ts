import {
  allocatesNodePorts,
  needsClusterIP,
  needsHealthCheckPort,
  needsNodePort,
  nodePorts,
  sameStrings,
  type ServiceSpec,
} from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";
import { NodePortAssignment } from "./node-port-assignment.ts";

/**
 * On an update, allocated values that the client left out are carried over from the stored object, so that applying the
 * same manifest twice changes nothing. Changes `spec` in place. Source: section "Updates" of the Service reference.
 */
export function carryOver(spec: ServiceSpec, old: ServiceSpec, version: KubernetesVersion): void {
  if (needsClusterIP(old) && needsClusterIP(spec)) {
    spec.clusterIP ??= old.clusterIP;
    spec.clusterIPs ??= old.clusterIPs;
  }
  const keepsNodePorts = hasFeature(version, "nodePortsReleased") ? allocatesNodePorts : needsNodePort;
  if (keepsNodePorts(old) && keepsNodePorts(spec)) carryOverNodePorts(spec, old);
  if (needsHealthCheckPort(old) && needsHealthCheckPort(spec)) {
    spec.healthCheckNodePort ??= old.healthCheckNodePort;
  }
}

/** Node ports are carried over by port name, except those that the client has assigned to another port. */
function carryOverNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  if (spec.ports?.some(({ nodePort }) => nodePort === undefined) !== true) return;
  const used = nodePorts(old).intersection(nodePorts(spec));
  const byName = new Map((old.ports ?? []).map((port) => [port.name ?? "", port.nodePort]));
  const assigned = new NodePortAssignment(spec.ports);
  for (const [i, port] of assigned.ports.entries()) {
    const nodePort = port.nodePort === undefined ? byName.get(port.name ?? "") : undefined;
    // Two ports without a name both get the same node port: the server does so too, and then fails on it.
    if (nodePort !== undefined && !used.has(nodePort)) assigned.assign(i, nodePort);
  }
  spec.ports = assigned.ports;
}

/**
 * Keeps `clusterIP` and `clusterIPs` consistent for clients that know only the former. Changes `spec` in place; `old` is
 * undefined on create. Contradictions in the client's values are left to validation, which refuses them.
 */
export function syncClusterIPs(spec: ServiceSpec, old: ServiceSpec | undefined): void {
  if (old === undefined) {
    if (spec.clusterIP !== undefined && spec.clusterIPs === undefined) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  if (spec.clusterIP === old.clusterIP) {
    spec.clusterIPs ??= old.clusterIPs;
    return;
  }
  if (!sameStrings(spec.clusterIPs, old.clusterIPs)) return;
  spec.clusterIPs = spec.clusterIP === undefined ? undefined : [spec.clusterIP];
}
