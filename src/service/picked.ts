/**
 * What the server picks: the JSON pointer of each placeholder, and which pick it stands for. Two placeholders of one
 * pick hold the same value: on create, ports of one number share a node port. A dry run's port is known: its pick is
 * named by the number.
 */
export type Picked = ReadonlyMap<string, string>;

/** The pointer of a cluster IP. */
export function clusterIPPointer(index: number): string {
  return `/spec/clusterIPs/${index}`;
}

/** The pointer of a node port. */
export function nodePortPointer(index: number): string {
  return `/spec/ports/${index}/nodePort`;
}

/** The pointer of the health check port. */
export const HEALTH_CHECK_PORT_POINTER = "/spec/healthCheckNodePort";

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
