/**
 * A node port of the server's choice: the number that a dry run shows, or in a real write whichever is free, for which a
 * symbol stands. Two placeholders of one pick hold the same value.
 */
export type Pick = number | symbol;

/** What the server picks, for which placeholders stand. On create, ports of one number share one pick. */
export class Picked {
  /** Families of addresses, by their position in `clusterIPs`. */
  readonly families = new Map<number, string>();
  /** Node ports, by the position of their port. */
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

/** The text that stands for an address of the server's choice. */
export function pickedAddress(family: string): string {
  return `<allocated ${family}>`;
}

/** The family of such an address; undefined for any other text. */
export function familyOfPicked(text: string): string | undefined {
  return /^<allocated (IPv[46])>$/.exec(text)?.[1];
}

/** The value that stands for a port of the server's choice. */
export const PICKED_PORT = 0;
