import type { Socket } from "node:net";
import { ConnectionCounts } from "./connection-counts.ts";

/** How long a handshake is left alone before it may be destroyed to make room for another one, in milliseconds. */
const MIN_HANDSHAKE_TIME = 100;

interface Handshake {
  readonly socket: Socket;
  readonly address: string;
  readonly startedAt: number;
}

/** The connections of a TLS port whose handshake is not finished yet: their number is limited. */
export class Handshakes {
  readonly #limit: number;
  /** Oldest first, by client address and port: the TLS socket is not the same object as the plain one. */
  readonly #pending = new Map<string, Handshake>();
  readonly #counts = new ConnectionCounts();

  /** @param limit the maximum number of unfinished handshakes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Counts a new connection, or destroys it if there is no room for it. */
  add(socket: Socket): void {
    const startedAt = performance.now();
    const { remoteAddress: address = "" } = socket;
    if (this.#pending.size >= this.#limit && !this.#destroyOneFor(address, startedAt)) {
      socket.destroy();
      return;
    }
    const peer = peerOf(socket);
    this.#pending.set(peer, { socket, address, startedAt });
    this.#counts.add(address);
    socket.once("close", () => {
      if (this.#pending.get(peer)?.socket === socket) this.#remove(peer);
    });
  }

  /** The connection's handshake is finished. @param socket the plain or the TLS socket */
  finish(socket: Socket): void {
    this.#remove(peerOf(socket));
  }

  destroyAll(): void {
    for (const { socket } of this.#pending.values()) socket.destroy();
  }

  /**
   * Makes room for a new handshake of this client address.
   * @returns whether an older handshake was destroyed
   */
  #destroyOneFor(address: string, now: number): boolean {
    const larger = this.#counts.largerThan(address);
    for (const [peer, handshake] of this.#pending) {
      // Without a client that has more, only handshakes that had enough time give way; if all are new, the server is overloaded.
      if (larger === undefined ? now - handshake.startedAt < MIN_HANDSHAKE_TIME : handshake.address !== larger)
        continue;
      this.#remove(peer);
      handshake.socket.destroy();
      return true;
    }
    return false;
  }

  #remove(peer: string): void {
    const handshake = this.#pending.get(peer);
    if (handshake === undefined) return;
    this.#pending.delete(peer);
    this.#counts.remove(handshake.address);
  }
}

/** The client's address and port. */
function peerOf({ remoteAddress = "", remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
