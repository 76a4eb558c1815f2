/**
 * An allocated node port: the number that a dry run shows, or, in a real write, a symbol for any free port. Two ports
 * that share one allocated node port have the same value.
 */
export type AllocatedPort = number | symbol;

/** The values that the server allocates. The Service has placeholders for them. */
export class AllocatedValues {
  /** The families of the allocated addresses, by position in `clusterIPs`. */
  readonly addressFamilies: (string | undefined)[] = [];
  /** The allocated node ports, by position in `ports`. On create, ports of the same number share one. */
  readonly nodePorts: (AllocatedPort | undefined)[] = [];
  healthCheckPort: AllocatedPort | undefined;

  /** The JSON pointers of the placeholders. */
  toPointers(): readonly string[] {
    const pointers: string[] = [];
    if (this.addressFamilies[0] !== undefined) pointers.push("/spec/clusterIP");
    for (const [index, family] of this.addressFamilies.entries()) {
      if (family !== undefined) pointers.push(`/spec/clusterIPs/${index}`);
    }
    for (const [index, pick] of this.nodePorts.entries()) {
      if (pick !== undefined) pointers.push(`/spec/ports/${index}/nodePort`);
    }
    if (this.healthCheckPort !== undefined) pointers.push("/spec/healthCheckNodePort");
    return pointers;
  }
}

/** The placeholder of an allocated address. */
export function addressPlaceholder(family: string): string {
  return `<allocated ${family}>`;
}

/**
 * The family of an address placeholder; undefined for any other text, and for a first address that is missing: an update
 * of a stored Service that has families but no addresses gets the second one only.
 */
export function familyOfPlaceholder(text: string | undefined): string | undefined {
  return text?.startsWith("<") === true ? /^<allocated (IPv[46])>$/.exec(text)?.[1] : undefined;
}

/** The placeholder of an allocated port. */
export const ALLOCATED_PORT_PLACEHOLDER = 0;
