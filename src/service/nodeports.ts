import { Path } from "../field/path.ts";
import type { AllocationContext } from "./allocate.ts";
import type { ClusterProfile } from "./cluster.ts";
import type { Findings } from "./findings.ts";
import { allocatesNodePorts, needsHealthCheckPort, needsNodePort, nodePorts } from "./predicates.ts";
import { nodePortPointer, PICKED_PORT } from "./picked.ts";
import type { ServicePort, ServiceSpec } from "./types.ts";

const PORTS = Path.root.child("spec").child("ports");
const HEALTH_CHECK_PORT = Path.root.child("spec").child("healthCheckNodePort");

/**
 * Gives node ports, in place, and looks at those that are asked for (a dry run looks only whether the object asks twice).
 */
export function allocateNodePorts(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  context: AllocationContext,
  picked: Map<string, string>,
  findings: Findings,
): void {
  if (!needsNodePort(spec)) return;
  const request = { context, picked, findings };
  if (old === undefined) createNodePorts(spec, request);
  else updateNodePorts(spec, old, request);
}

interface PortRequest {
  readonly context: AllocationContext;
  readonly picked: Map<string, string>;
  readonly findings: Findings;
}

/** On create, ports of one number share one node port (TCP and UDP), and an asked-for one serves them all. */
function createNodePorts(spec: ServiceSpec, request: PortRequest): void {
  const ports = spec.ports ?? [];
  const givenTo = new Map<number, number>();
  const reserved = new Set<number>();
  const reserve = (index: number, nodePort: number): void => {
    checkNodePort(index, nodePort, reserved, request);
    reserved.add(nodePort);
  };
  for (const [i, port] of ports.entries()) {
    if (port.nodePort === undefined && !allocatesNodePorts(spec)) continue;
    const given = givenTo.get(port.port);
    if (given === undefined) {
      const asked = ports.find((other) => other.port === port.port && other.nodePort !== undefined)?.nodePort;
      if (asked === undefined) pick(i, port, `of port ${port.port}`, request);
      else {
        reserve(i, asked);
        port.nodePort = asked;
      }
      givenTo.set(port.port, asked ?? PICKED_PORT);
    } else if (port.nodePort === undefined) {
      if (given === PICKED_PORT) pick(i, port, `of port ${port.port}`, request);
      else port.nodePort = given;
    } else if (port.nodePort !== given) {
      reserve(i, port.nodePort);
    }
    if (request.findings.all.length > 0) return;
  }
}

/** The server finds a (protocol, node port) that stands twice only after it has begun to allocate, and fails on it. */
function updateNodePorts(spec: ServiceSpec, old: ServiceSpec, request: PortRequest): void {
  const held = nodePorts(old);
  const reserved = new Set<number>();
  const seen = new Set<string>();
  for (const [i, port] of (spec.ports ?? []).entries()) {
    if (port.nodePort === undefined) {
      if (allocatesNodePorts(spec)) pick(i, port, `of item ${i}`, request);
      continue;
    }
    if (!held.has(port.nodePort) && !reserved.has(port.nodePort)) {
      checkNodePort(i, port.nodePort, reserved, request);
      reserved.add(port.nodePort);
      if (request.findings.all.length > 0) return;
    }
    const key = `${port.protocol ?? ""}/${port.nodePort}`;
    if (seen.has(key)) {
      request.findings.add("node-port-collides", PORTS.index(i), port.nodePort, { other: port.protocol ?? "" });
      return;
    }
    seen.add(key);
  }
}

/** Leaves the port to the server; `which` names the pick, so that two ports can share one. */
function pick(index: number, port: ServicePort, which: string, request: PortRequest): void {
  port.nodePort = PICKED_PORT;
  request.picked.set(nodePortPointer(index), which);
}

function checkNodePort(index: number, nodePort: number, reserved: ReadonlySet<number>, request: PortRequest): void {
  const { cluster, dryRun } = request.context;
  const path = PORTS.index(index).child("nodePort");
  const { first, last } = cluster.nodePortRange;
  if (!dryRun && !inRange(nodePort, cluster)) {
    request.findings.add("node-port-out-of-range", path, nodePort, { min: first, max: last });
  } else if (reserved.has(nodePort) || (!dryRun && cluster.inUse?.nodePorts?.has(nodePort) === true)) {
    request.findings.add("node-port-taken", path, nodePort);
  }
}

function inRange(port: number, cluster: ClusterProfile): boolean {
  return port >= cluster.nodePortRange.first && port <= cluster.nodePortRange.last;
}

/** Gives the health check port; on one that it cannot have the server fails, in a real write. */
export function allocateHealthCheckPort(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  context: AllocationContext,
  picked: Map<string, string>,
  findings: Findings,
): void {
  if (!needsHealthCheckPort(spec) || (old !== undefined && needsHealthCheckPort(old))) return;
  const asked = spec.healthCheckNodePort;
  if (asked === undefined) {
    spec.healthCheckNodePort = PICKED_PORT;
    picked.set("/spec/healthCheckNodePort", "health check");
    return;
  }
  const { cluster, dryRun } = context;
  const isTaken = cluster.inUse?.nodePorts?.has(asked) === true || !inRange(asked, cluster);
  // The object's own node ports are taken first, in a dry run too.
  if (nodePorts(spec).has(asked) || (isTaken && !dryRun)) {
    const { first, last } = cluster.nodePortRange;
    findings.add("health-check-port-unavailable", HEALTH_CHECK_PORT, asked, { min: first, max: last });
  }
}
