import type { ServicePort } from "../schema/index.ts";

/**
 * A list of ports to which node ports are assigned; the original ports are not changed. Consecutive ports may be one and
 * the same object (a million empty list items decode to one), and then their copies are one object, too.
 */
export class NodePortAssignment {
  readonly ports: ServicePort[];
  readonly #original: readonly ServicePort[];
  #last: ServicePort | undefined;
  #changed: ServicePort | undefined;

  constructor(ports: readonly ServicePort[]) {
    this.#original = ports;
    this.ports = [...ports];
  }

  /** Sets the node port of the port at this position. */
  assign(index: number, nodePort: number): void {
    const port = this.#original[index];
    if (port === undefined) return;
    if (port !== this.#last || this.#changed?.nodePort !== nodePort) {
      this.#last = port;
      this.#changed = { ...port, nodePort };
    }
    this.ports[index] = this.#changed;
  }
}
