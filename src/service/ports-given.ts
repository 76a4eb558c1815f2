import type { ServicePort } from "./types.ts";

/**
 * A list of ports with the node ports that they are given: the ports that it was made from stay as they are. Those that
 * follow each other may be one and the same, a million of them where nothing is said; so are then those that are made.
 */
export class PortsGiven {
  readonly ports: ServicePort[];
  readonly #before: readonly ServicePort[];
  #last: ServicePort | undefined;
  #changed: ServicePort | undefined;

  constructor(ports: readonly ServicePort[]) {
    this.#before = ports;
    this.ports = [...ports];
  }

  /** Sets the node port of one. */
  give(index: number, nodePort: number): void {
    const port = this.#before[index];
    if (port === undefined) return;
    if (port !== this.#last || this.#changed?.nodePort !== nodePort) {
      this.#last = port;
      this.#changed = { ...port, nodePort };
    }
    this.ports[index] = this.#changed;
  }
}
