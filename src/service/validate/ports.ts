import { Path } from "../../field/path.ts";
import type { Findings } from "../findings.ts";
import { isDNSLabel, isPortName, isQualifiedName } from "../names.ts";
import { isHeadless } from "../predicates.ts";
import { nodePortPointer, type Picked } from "../picked.ts";
import type { ServicePort, ServiceSpec } from "../types.ts";
import { isOneOf, PROTOCOLS } from "../values.ts";
import { has, type KubernetesVersion } from "../version.ts";

const PORTS = Path.root.child("spec").child("ports");
/** The kubelet's own port: some clouds would open it to the world. */
const KUBELET_PORT = 10250;

/** Whether it is a port number: 1 to 65535. */
export function isPortNumber(port: number): boolean {
  return port >= 1 && port <= 65535;
}

/** Every rule of `spec.ports`. Source: section "Validation". */
export function validatePorts(spec: ServiceSpec, version: KubernetesVersion, picked: Picked, findings: Findings): void {
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== "ExternalName") findings.add("ports-required", PORTS);
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    findings.turn();
    const path = PORTS.index(i);
    if (port.port === KUBELET_PORT && spec.type === "LoadBalancer" && !has(version, "kubeletPortAllowed")) {
      findings.add("kubelet-port", path, port.port);
    }
    validateName(port, path, ports.length > 1, names, findings);
    validatePort(port, path, findings);
    if (spec.type === "ClusterIP" && isSet(port.nodePort)) {
      findings.add("node-port-cluster-ip", path.child("nodePort"), port.nodePort);
    }
  }
  refuseDuplicates(ports, picked, findings);
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
  if (!isPortNumber(port.port)) findings.add("port-range", path.child("port"), port.port, { min: 1, max: 65535 });
  if (port.protocol !== undefined && !isOneOf(PROTOCOLS, port.protocol)) {
    findings.add("unsupported-value", path.child("protocol"), port.protocol, { allowed: PROTOCOLS });
  }
  if (typeof port.targetPort === "string") {
    if (!isPortName(port.targetPort)) findings.add("target-port-name", path.child("targetPort"), port.targetPort);
  } else if (!isPortNumber(port.targetPort)) {
    findings.add("port-range", path.child("targetPort"), port.targetPort, { min: 1, max: 65535 });
  }
  if (port.appProtocol !== undefined && !isQualifiedName(port.appProtocol)) {
    findings.add("app-protocol-format", path.child("appProtocol"), port.appProtocol);
  }
}

/** (protocol, nodePort) and (protocol, port) are each unique. */
function refuseDuplicates(ports: readonly ServicePort[], picked: Picked, findings: Findings): void {
  if (ports.length < 2) return;
  const nodePorts = new Set<string>();
  const numbers = new Set<string>();
  for (const [i, { protocol = "", port, nodePort }] of ports.entries()) {
    const path = PORTS.index(i);
    const at = path.child("nodePort");
    const given = picked.get(nodePortPointer(i)) ?? nodePort;
    if (given !== undefined)
      refuseSecond(nodePorts, `${protocol}/${given}`, "duplicate-node-port", at, nodePort, protocol, findings);
    refuseSecond(numbers, `${protocol}/${port}`, "duplicate-port", path, port, protocol, findings);
  }
}

function refuseSecond(
  seen: Set<string>,
  key: string,
  code: "duplicate-node-port" | "duplicate-port",
  path: Path,
  found: number | undefined,
  protocol: string,
  findings: Findings,
): void {
  if (seen.has(key)) findings.add(code, path, found, { other: protocol });
  seen.add(key);
}

function isSet(nodePort: number | undefined): boolean {
  return nodePort !== undefined && nodePort !== 0;
}
