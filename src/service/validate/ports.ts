import { Path } from "../../field/path.ts";
import type { Findings } from "../findings.ts";
import { isDNSLabel, isPortName, isQualifiedName } from "../names.ts";
import { isHeadless } from "../predicates.ts";
import type { ServicePort, ServiceSpec } from "../types.ts";

const PORTS = Path.root.child("spec").child("ports");
const PROTOCOLS = ["TCP", "UDP", "SCTP"];
/** The kubelet's own port: some clouds would open it to the world. */
const KUBELET_PORT = 10250;

/** Whether it is a port number: 1 to 65535. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** Every rule of `spec.ports`. Source: section "Validation". */
export function validatePorts(spec: ServiceSpec, findings: Findings): void {
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") findings.add("ports-required", PORTS);
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const path = PORTS.index(i);
    if (spec.type === "LoadBalancer" && port.port === KUBELET_PORT) findings.add("kubelet-port", path, port.port);
    validateName(port, path, ports.length > 1, names, findings);
    validatePort(port, path, findings);
    if (spec.type === "ClusterIP" && isSet(port.nodePort)) {
      findings.add("node-port-cluster-ip", path.child("nodePort"), port.nodePort);
    }
  }
  refuseDuplicates(ports, findings);
}

function validateName(port: ServicePort, path: Path, isRequired: boolean, names: Set<string>, findings: Findings): void {
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
  if (!isPortNumber(port.port)) findings.add("port-range", path.child("port"), port.port, { min: 1, max: 65535 });
  if (port.protocol !== undefined && !PROTOCOLS.includes(port.protocol)) {
    findings.add("unsupported-value", path.child("protocol"), port.protocol, { allowed: PROTOCOLS });
  }
  const target = path.child("targetPort");
  if (typeof port.targetPort === "string") {
    if (!isPortName(port.targetPort)) findings.add("target-port-name", target, port.targetPort);
  } else if (!isPortNumber(port.targetPort)) {
    findings.add("port-range", target, port.targetPort, { min: 1, max: 65535 });
  }
  if (port.appProtocol !== undefined && !isQualifiedName(port.appProtocol)) {
    findings.add("app-protocol-format", path.child("appProtocol"), port.appProtocol);
  }
}

/** (protocol, nodePort) and (protocol, port) are each unique. A node port that the server is to pick is none yet. */
function refuseDuplicates(ports: readonly ServicePort[], findings: Findings): void {
  const nodePorts = new Set<string>();
  const numbers = new Set<string>();
  for (const [i, { protocol = "", port, nodePort }] of ports.entries()) {
    const path = PORTS.index(i);
    const nodeKey = `${protocol}/${nodePort ?? 0}`;
    if (isSet(nodePort) && nodePorts.has(nodeKey)) findings.add("duplicate-node-port", path.child("nodePort"), nodePort, { other: protocol });
    nodePorts.add(nodeKey);
    const key = `${protocol}/${port}`;
    if (numbers.has(key)) findings.add("duplicate-port", path, port, { other: protocol });
    numbers.add(key);
  }
}

function isSet(nodePort: number | undefined): nodePort is number {
  return nodePort !== undefined && nodePort !== 0;
}
