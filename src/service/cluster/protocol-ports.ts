import type { AllocatedPort } from "./allocated-values.ts";

/** A set of (protocol, port) pairs; there are few protocols, and possibly very many ports. */
export class ProtocolPorts {
  readonly #known = new Map<string, Set<AllocatedPort>>();

  /** Adds the pair; returns whether it was in the set before. */
  addedBefore(protocol: string, port: AllocatedPort): boolean {
    let ports = this.#known.get(protocol);
    if (ports === undefined) this.#known.set(protocol, (ports = new Set()));
    const before = ports.size;
    ports.add(port);
    return ports.size === before;
  }
}
