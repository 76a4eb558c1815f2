import { Path } from "../../field/index.ts";
import {
  ALLOCATED_PORT_PLACEHOLDER,
  type AllocatedPort,
  type AllocatedValues,
  isUnknownPort,
  ProtocolPorts,
} from "../cluster/index.ts";
import type { Findings } from "../findings/index.ts";
import {
  allocatesNodePorts,
  needsHealthCheckPort,
  needsNodePort,
  nodePorts,
  type ServicePort,
  type ServiceSpec,
} from "../schema/index.ts";
import type { AllocationContext } from "./context.ts";
import { NodePortAllocator } from "./node-port-allocator.ts";
import { NodePortAssignment } from "./node-port-assignment.ts";

const PORTS = Path.root.child("spec").child("ports");
const HEALTH_CHECK_PORT = Path.root.child("spec").child("healthCheckNodePort");

interface PortRequest {
  readonly context: AllocationContext;
  readonly operation: NodePortAllocator;
  readonly allocated: AllocatedValues;
  readonly findings: Findings;
}

interface NodePortRequest extends PortRequest {
  /** The ports of the spec, with the node ports that they get. */
  readonly assigned: NodePortAssignment;
}

/** Allocates node ports and the health check port of a type that has them, in place, and checks the requested ones. */
export function allocateNodePorts(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  context: AllocationContext,
  allocated: AllocatedValues,
  findings: Findings,
): void {
  const operation = new NodePortAllocator(context, heldPorts(old));
  const request = { context, allocated, findings, operation };
  if (spec.ports !== undefined) {
    const assigned = new NodePortAssignment(spec.ports);
    if (old === undefined) createNodePorts(spec, { ...request, assigned });
    else updateNodePorts(spec, nodePorts(old), { ...request, assigned });
    spec.ports = assigned.ports;
  }
  if (findings.count === 0 || context.allStages === true) allocateHealthCheckPort(spec, old, request);
}

const NONE: ReadonlySet<number> = new Set();

function heldPorts(old: ServiceSpec | undefined): ReadonlySet<number> {
  if (old === undefined) return NONE;
  // An ExternalName may say node ports that nothing holds.
  const held = needsNodePort(old) ? nodePorts(old) : new Set<number>();
  if (old.healthCheckNodePort !== undefined) held.add(old.healthCheckNodePort);
  return held;
}

/** On create, ports of the same number (TCP and UDP) share one node port; a requested one is used for all of them. */
function createNodePorts(spec: ServiceSpec, request: NodePortRequest): void {
  const ports = spec.ports ?? [];
  const requestedFor = new Map<number, number>();
  const allocatedFor = new Map<number, AllocatedPort>();
  const firstRequested = firstRequestedFor(ports);
  for (const [i, port] of ports.entries()) {
    request.findings.checkpoint();
    if (port.nodePort === undefined && !allocatesNodePorts(spec)) continue;
    const pick = allocatedFor.get(port.port);
    const shared = requestedFor.get(port.port);
    if (shared !== undefined) {
      if (port.nodePort !== undefined && port.nodePort !== shared) takeNodePort(i, port.nodePort, request);
      request.assigned.assign(i, port.nodePort ?? shared);
    } else if (pick !== undefined) {
      mark(i, pick, request);
    } else {
      const requested = firstRequested.get(port.port);
      if (requested === undefined) {
        const fresh = choose(PORTS.index(i).child("nodePort"), request);
        if (fresh === undefined) return;
        mark(i, fresh, request);
        allocatedFor.set(port.port, fresh);
      } else {
        takeNodePort(i, requested, request);
        request.assigned.assign(i, requested);
        requestedFor.set(port.port, requested);
      }
    }
    if (isAtEnd(request)) return;
  }
}

/** The server ends at the first port that it cannot allocate. */
function isAtEnd({ findings, context }: PortRequest): boolean {
  return context.allStages === true ? findings.canStop : findings.count > 0;
}

/** The first node port that is requested with each port number. */
function firstRequestedFor(ports: readonly ServicePort[]): ReadonlyMap<number, number> {
  const requested = new Map<number, number>();
  for (const { port, nodePort } of ports) {
    if (nodePort !== undefined && !requested.has(port)) requested.set(port, nodePort);
  }
  return requested;
}

/** The server detects a duplicate (protocol, node port) only after it has begun to allocate, and fails (500). */
function updateNodePorts(spec: ServiceSpec, held: ReadonlySet<number>, request: NodePortRequest): void {
  const taken = new Set<number>();
  const seen = new ProtocolPorts();
  for (const [i, port] of (spec.ports ?? []).entries()) {
    request.findings.checkpoint();
    let number = port.nodePort;
    if (number === undefined) {
      if (!allocatesNodePorts(spec)) continue;
      const fresh = choose(PORTS.index(i).child("nodePort"), request);
      if (fresh === undefined) return;
      mark(i, fresh, request);
      if (typeof fresh === "number") number = fresh;
    } else if (!held.has(number) && !taken.has(number)) {
      takeNodePort(i, number, request);
      if (isAtEnd(request)) return;
      taken.add(number);
    }
    if (number === undefined) continue;
    if (isUnknownPort(number)) mark(i, unknownPort(number), request);
    if (seen.addedBefore(port.protocol ?? "", number)) {
      request.findings.add("node-port-collides", PORTS.index(i), number, { other: port.protocol ?? "" });
      return;
    }
  }
}

/** Lets the server choose a port; undefined if there is none left, and then the server fails. */
function choose(path: Path, { operation, findings, context }: PortRequest): AllocatedPort | undefined {
  const chosen = operation.allocate();
  if (chosen !== "exhausted") return chosen ?? Symbol("free");
  const { first, last } = context.cluster.nodePortRange;
  findings.add("node-ports-exhausted", path, undefined, { min: first, max: last });
  return undefined;
}

/** The symbol of an unknown port that is kept: the same for the same port. */
function unknownPort(number: number): symbol {
  return Symbol.for(`unknown node port ${number}`);
}

/** Leaves the port to the server; two ports may share one allocated port. */
function mark(index: number, pick: AllocatedPort, { allocated, assigned }: NodePortRequest): void {
  assigned.assign(index, ALLOCATED_PORT_PLACEHOLDER);
  allocated.nodePorts[index] = pick;
}

function takeNodePort(index: number, nodePort: number, { operation, context, findings }: PortRequest): void {
  const obstacle = operation.take(nodePort);
  if (obstacle === undefined) return;
  const path = PORTS.index(index).child("nodePort");
  const { first, last } = context.cluster.nodePortRange;
  if (obstacle === "taken") findings.add("node-port-taken", path, nodePort);
  else findings.add("node-port-out-of-range", path, nodePort, { min: first, max: last });
}

/** The server fails (500) on a health check port that is not available. */
function allocateHealthCheckPort(spec: ServiceSpec, old: ServiceSpec | undefined, request: PortRequest): void {
  if (!needsHealthCheckPort(spec) || (old !== undefined && needsHealthCheckPort(old))) return;
  const requested = spec.healthCheckNodePort;
  if (requested === undefined) {
    const fresh = choose(HEALTH_CHECK_PORT, request);
    if (fresh === undefined) return;
    spec.healthCheckNodePort = ALLOCATED_PORT_PLACEHOLDER;
    request.allocated.healthCheckPort = fresh;
  } else if (request.operation.take(requested) !== undefined) {
    const { first, last } = request.context.cluster.nodePortRange;
    request.findings.add("health-check-port-unavailable", HEALTH_CHECK_PORT, requested, { min: first, max: last });
  }
}
