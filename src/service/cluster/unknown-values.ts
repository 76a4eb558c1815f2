import type { Service, ServicePort } from "../schema/index.ts";
import { familyOfPlaceholder } from "./allocated-values.ts";

/*
 * What a server has allocated for a stored object that is only known by its manifest. An unknown value equals itself and
 * nothing that a manifest can say: an unknown address is its placeholder, an unknown port is a number with a fraction.
 */
const FRACTION = 0.5;

/** The unknown node port of a port: on create, ports of the same number share one. */
function unknownNodePort({ port }: ServicePort): number {
  return port + FRACTION;
}

/** The unknown health check port; ports have numbers from 1. */
const UNKNOWN_HEALTH_CHECK_PORT = FRACTION;

/** Whether the port is one that a server has allocated and that is not known. */
export function isUnknownPort(port: number | undefined): port is number {
  return port !== undefined && port % 1 === FRACTION;
}

/** Whether the address is one that a server has allocated and that is not known. */
export function isUnknownAddress(text: string | undefined): boolean {
  return text !== undefined && familyOfPlaceholder(text) !== undefined;
}

/**
 * The stored Service with unknown values for what the server allocated.
 * @param pointers JSON pointers of the allocated values, as `AllocatedValues` gives them
 */
export function withUnknownValues(stored: Service, pointers: readonly string[]): Service {
  if (pointers.length === 0) return stored;
  const unknown = new Set(pointers);
  const spec = { ...stored.spec };
  if (spec.ports !== undefined) {
    spec.ports = spec.ports.map((port, i) =>
      unknown.has(`/spec/ports/${i}/nodePort`) ? { ...port, nodePort: unknownNodePort(port) } : port,
    );
  }
  if (unknown.has("/spec/healthCheckNodePort")) spec.healthCheckNodePort = UNKNOWN_HEALTH_CHECK_PORT;
  return { ...stored, spec };
}
