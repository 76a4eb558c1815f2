/**
 * An allocated node port: the number that a dry run shows, or, in a real write, a symbol for any free port. Two ports
 * that share one allocated node port have the same value.
 */
export type Pick = number | symbol;

/** The values that the server allocates. The Service has placeholders for them. */
export class Picked {
  /** The families of the allocated addresses, by position in `clusterIPs`. */
  readonly families = new Map<number, string>();
  /** The allocated node ports, by position in `ports`. On create, ports of the same number share one. */
  readonly nodePorts: (Pick | undefined)[] = [];
  healthCheckPort: Pick | undefined;

  /** The JSON pointers of the placeholders. */
  pointers(): readonly string[] {
    return [
      ...(this.families.has(0) ? ["/spec/clusterIP"] : []),
      ...[...this.families.keys()].map((index) => `/spec/clusterIPs/${index}`),
      ...this.nodePorts.flatMap((pick, index) => (pick === undefined ? [] : [`/spec/ports/${index}/nodePort`])),
      ...(this.healthCheckPort === undefined ? [] : ["/spec/healthCheckNodePort"]),
    ];
  }
}

/** The placeholder of an allocated address. */
export function pickedAddress(family: string): string {
  return `<allocated ${family}>`;
}

/** The family of an address placeholder; undefined for any other text. */
export function familyOfPicked(text: string): string | undefined {
  return /^<allocated (IPv[46])>$/.exec(text)?.[1];
}

/** The placeholder of an allocated port. */
export const PICKED_PORT = 0;
