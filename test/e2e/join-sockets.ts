import type { Socket } from "node:net";

/** Joins two connections in both directions; the end of one is the end of the other. Both are in the set until they end. */
export function joinSockets(client: Socket, server: Socket, open: Set<Socket>): void {
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    open.add(one);
    one.on("error", () => other.destroy());
    one.on("close", () => {
      open.delete(one);
      other.destroy();
    });
    one.pipe(other);
  }
}
