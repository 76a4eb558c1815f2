/**
 * What the server picks: the JSON pointer of each placeholder, and which pick it stands for. Two placeholders of one
 * pick hold the same value: on create, ports of one number share a node port.
 */
export type Picked = ReadonlyMap<string, string>;

/** The value that stands for a port of the server's choice. */
export const PICKED_PORT = 0;
