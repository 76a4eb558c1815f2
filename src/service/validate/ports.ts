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
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    findings.checkpoint();
    if (findings.canStop) return;
    const path = PORTS.index(i);
    if (port.port === KUBELET_PORT && spec.type === "LoadBalancer" && !hasFeature(version, "kubeletPortAllowed")) {
      findings.add("kubelet-port", path, port.port);
    }
    validateName(port, path, ports.length > 1, names, findings);
    validatePort(port, path, findings);
    if (spec.type === "ClusterIP" && isSet(port.nodePort)) {
      findings.add("node-port-cluster-ip", path.child("nodePort"), port.nodePort);
    }
  }
  refuseDuplicates(ports, allocated, findings);
}

function validateName(
  port: ServicePort,
  path: Path,
  isRequired: boolean,
  names: Set<string>,
  findings: Findings,
): void {
  const { name } = port;
  if (name === undefined) {
    if (isRequired) findings.add("port-name-required", path.child("name"));
    return;
  }
  if (!isDNSLabel(name)) findings.add("port-name-format", path.child("name"), name);
  if (names.has(name)) findings.add("duplicate-port-name", path.child("name"), name);
  names.add(name);
}

function validatePort(port: ServicePort, path: Path, findings: Findings): void {
  if (!isPortNumber(port.port)) findings.add("port-range", path.child("port"), port.port, PORT_RANGE);
  if (port.protocol !== undefined && !isOneOf(PROTOCOLS, port.protocol)) {
    findings.add("unsupported-value", path.child("protocol"), port.protocol, { allowed: PROTOCOLS });
  }
  if (typeof port.targetPort === "string") {
    if (!isPortName(port.targetPort)) findings.add("target-port-name", path.child("targetPort"), port.targetPort);
  } else if (!isPortNumber(port.targetPort)) {
    findings.add("port-range", path.child("targetPort"), port.targetPort, PORT_RANGE);
  }
  if (port.appProtocol !== undefined && !isQualifiedName(port.appProtocol)) {
    findings.add("app-protocol-format", path.child("appProtocol"), port.appProtocol);
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
