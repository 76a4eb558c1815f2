import type { Pick } from "./picked.ts";

/** Pairs of a protocol and a port; there are few protocols, and very many ports at times. */
export class Pairs {
  readonly #known = new Map<string, Set<Pick>>();

  /** Whether the pair is known already; it is from now on. */
  hadBefore(protocol: string, port: Pick): boolean {
    let ports = this.#known.get(protocol);
    if (ports === undefined) this.#known.set(protocol, (ports = new Set()));
    const before = ports.size;
    ports.add(port);
    return ports.size === before;
  }
}
