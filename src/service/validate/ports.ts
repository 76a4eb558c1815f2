import { Path } from "../../field/index.ts";
import { type AllocatedValues, ProtocolPorts } from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import {
  isDNSLabel,
  isHeadless,
  isOneOf,
  isPortName,
  isQualifiedName,
  PROTOCOLS,
  type ServicePort,
  type ServiceSpec,
} from "../schema/index.ts";
import { hasFeature, type KubernetesVersion } from "../versions/index.ts";

const PORTS = Path.root.child("spec").child("ports");
/** The kubelet's port: some clouds would expose it to the internet. */
const KUBELET_PORT = 10250;
const PORT_RANGE = { min: 1, max: 65535 };

/** Whether the number is a port number: 1 to 65535. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** Validates `spec.ports`. Source: section "Validation" of the Service reference. */
export function validatePorts(
  spec: ServiceSpec,
  version: KubernetesVersion,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") findings.add("ports-required", PORTS);
  const names = ports.length > 1 ? new Set<string>() : undefined;
  for (const [i, port] of ports.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    if (port.port === KUBELET_PORT && spec.type === "LoadBalancer" && !hasFeature(version, "kubeletPortAllowed")) {
      findings.add("kubelet-port", PORTS.index(i), port.port);
    }
    validateName(port, i, names, findings);
    validatePort(port, i, findings);
    if (spec.type === "ClusterIP" && isSet(port.nodePort)) {
      findings.add("node-port-cluster-ip", at(i, "nodePort"), port.nodePort);
    }
  }
  refuseDuplicates(ports, allocated, findings);
}

/** The path of a field of a port: made only for what is found. */
function at(index: number, field: keyof ServicePort): Path {
  return PORTS.index(index).child(field);
}

/** @param names the names so far; undefined for the only port, which needs none */
function validateName({ name }: ServicePort, i: number, names: Set<string> | undefined, findings: Findings): void {
  if (name === undefined) {
    if (names !== undefined) findings.add("port-name-required", at(i, "name"));
    return;
  }
  if (!isDNSLabel(name)) findings.add("port-name-format", at(i, "name"), name);
  if (names?.has(name) === true) findings.add("duplicate-port-name", at(i, "name"), name);
  names?.add(name);
}

function validatePort(port: ServicePort, i: number, findings: Findings): void {
  if (!isPortNumber(port.port)) findings.add("port-range", at(i, "port"), port.port, PORT_RANGE);
  if (port.protocol !== undefined && !isOneOf(PROTOCOLS, port.protocol)) {
    findings.add("unsupported-value", at(i, "protocol"), port.protocol, { allowed: PROTOCOLS });
  }
  if (typeof port.targetPort === "string") {
    if (!isPortName(port.targetPort)) findings.add("target-port-name", at(i, "targetPort"), port.targetPort);
  } else if (!isPortNumber(port.targetPort)) {
    findings.add("port-range", at(i, "targetPort"), port.targetPort, PORT_RANGE);
  }
  if (port.appProtocol !== undefined && !isQualifiedName(port.appProtocol)) {
    findings.add("app-protocol-format", at(i, "appProtocol"), port.appProtocol);
  }
}

/** Both (protocol, nodePort) and (protocol, port) must be unique. */
function refuseDuplicates(ports: readonly ServicePort[], allocated: AllocatedValues, findings: Findings): void {
  if (ports.length < 2) return;
  const nodePorts = new ProtocolPorts();
  const numbers = new ProtocolPorts();
  for (const [i, { protocol = "", port, nodePort }] of ports.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    const nodePortOrAllocated = allocated.nodePorts[i] ?? nodePort;
    if (nodePortOrAllocated !== undefined && nodePorts.addedBefore(protocol, nodePortOrAllocated)) {
      findings.add("duplicate-node-port", PORTS.index(i).child("nodePort"), nodePort, { other: protocol });
    }
    if (numbers.addedBefore(protocol, port)) findings.add("duplicate-port", PORTS.index(i), port, { other: protocol });
  }
}

function isSet(nodePort: number | undefined): boolean {
  return nodePort !== undefined && nodePort !== 0;
}
