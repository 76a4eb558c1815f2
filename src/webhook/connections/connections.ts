import { type Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { RequestListener, ServerResponse } from "node:http";
import { Shares } from "./shares.ts";

/** A connection that is too new to have shaken hands is not taken for a silent one, in milliseconds. */
const YOUNG = 100;
/** How often, in milliseconds, it is looked whether answers are read. */
const SWEEP = 500;
/** Most bytes of answers that nobody has read yet, together. */
const MOST_UNREAD = 16 * 1024 * 1024;
/** Most requests of one connection that wait for their answers; an API server sends one after the other. */
const MOST_PIPELINED = 16;

/** The limits on the connections of one port. */
export interface ConnectionLimits {
  /** Open connections, on the webhook's port and on the health port each. */
  readonly connections: number;
  /** Those of them whose TLS handshake is not finished. */
  readonly handshakes: number;
  /** How long a client may take to read an answer. */
  readonly replySeconds: number;
}

interface Fresh {
  readonly socket: Socket;
  readonly address: string;
  readonly since: number;
}

interface Use {
  readonly address: string;
  /** Requests that are not answered yet. */
  busy: number;
  /** The number of the last one that was. */
  last: number;
  /** Bytes of answers that were given and have not left. */
  unread: number;
  /** The bytes of answers that had left when it was last looked, and how often they had not become more since, though some waited. */
  left: number;
  looks: number;
}

/**
 * The connections of one port, within the limits: their number, those without a finished handshake, and answers that
 * are not read. Whoever is idle, silent or slow goes before those who ask and listen, and where one address holds more
 * than the others, it is the one to give way.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  /** Those with a finished handshake. */
  readonly #open = new Map<Socket, Use>();
  /** Those without, oldest first, by the client's address and port: the TLS socket is another object than the plain one. */
  readonly #fresh = new Map<string, Fresh>();
  readonly #shares = { open: new Shares(), fresh: new Shares() };
  readonly #sweep: NodeJS.Timeout;
  #unread = 0;
  /** Requests that have ended, on all of them: the lower the number of a connection's last, the longer it is idle. */
  #ends = 0;

  constructor(server: Server, secure: boolean, limits: ConnectionLimits) {
    this.#limits = limits;
    server.on("connection", (socket: Socket) => {
      if (secure) this.#admit(socket);
      else this.#take(socket);
    });
    if (secure) {
      server.on("secureConnection", (socket: Socket) => {
        this.#forget(nameOf(socket));
        this.#take(socket);
      });
    }
    this.#sweep = setInterval(() => {
      this.#cutDeaf();
    }, SWEEP).unref();
  }

  /** The listener, with its requests counted as those of their connections. */
  counted(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (!this.begin(request.socket)) return;
      response.once("close", () => {
        this.end(request.socket);
      });
      listener(request, response);
    };
  }

  /** How many are open, with and without a finished handshake. */
  get count(): { readonly open: number; readonly fresh: number } {
    return { open: this.#open.size, fresh: this.#fresh.size };
  }

  /** Whether it is open, its handshake done. */
  has(socket: Duplex): boolean {
    return socket instanceof Socket && this.#open.has(socket);
  }

  /** A request has come in on it. @returns whether it may be answered: false if there are too many at once. */
  begin(socket: Socket): boolean {
    const use = this.#open.get(socket);
    if (use === undefined) return !socket.destroyed;
    use.busy++;
    if (use.busy <= MOST_PIPELINED) return true;
    socket.destroy();
    return false;
  }

  /** Its request is answered, or never will be. */
  end(socket: Socket): void {
    const use = this.#open.get(socket);
    if (use === undefined) return;
    use.busy--;
    use.last = ++this.#ends;
  }

  /** A large answer of so many bytes is given to it; those who do not read make room where there is none. */
  answer(socket: Socket, response: ServerResponse, bytes: number): void {
    const use = this.#open.get(socket);
    if (use === undefined) return;
    use.unread += bytes;
    this.#unread += bytes;
    response.once("close", () => {
      // Of one that was cut it is taken off already.
      const counted = Math.min(bytes, use.unread);
      use.unread -= counted;
      this.#unread -= counted;
    });
    while (this.#unread > MOST_UNREAD && this.#cutLargest(socket));
  }

  /** Cuts those that wait for no answer. */
  cutIdle(): void {
    for (const { socket } of this.#fresh.values()) socket.destroy();
    for (const [socket, { busy }] of this.#open) if (busy === 0) socket.destroy();
  }

  /** Cuts every one. */
  cutAll(): void {
    for (const { socket } of this.#fresh.values()) socket.destroy();
    for (const socket of this.#open.keys()) socket.destroy();
  }

  /** Looks after them no longer. */
  close(): void {
    clearInterval(this.#sweep);
  }

  /** A connection whose handshake is to come. */
  #admit(socket: Socket): void {
    const since = performance.now();
    const { remoteAddress: address = "" } = socket;
    if (this.#fresh.size >= this.#limits.handshakes && !this.#cutFresh(address, since)) {
      socket.destroy();
      return;
    }
    const name = nameOf(socket);
    this.#fresh.set(name, { socket, address, since });
    this.#shares.fresh.add(address);
    socket.once("close", () => {
      if (this.#fresh.get(name)?.socket === socket) this.#forget(name);
    });
  }

  /** Makes room for one of this address. @returns whether that could be. */
  #cutFresh(address: string, now: number): boolean {
    const larger = this.#shares.fresh.largerThan(address);
    for (const [name, one] of this.#fresh) {
      // One that had its time makes room; where all have come just now, there is more to do than can be done.
      if (larger === undefined ? now - one.since < YOUNG : one.address !== larger) continue;
      this.#forget(name);
      one.socket.destroy();
      return true;
    }
    return false;
  }

  #forget(name: string): void {
    const fresh = this.#fresh.get(name);
    if (fresh === undefined) return;
    this.#fresh.delete(name);
    this.#shares.fresh.remove(fresh.address);
  }

  #take(socket: Socket): void {
    const { remoteAddress: address = "" } = socket;
    if (this.#open.size >= this.#limits.connections && !this.#cutOne(address)) {
      socket.destroy();
      return;
    }
    this.#open.set(socket, { address, busy: 0, last: this.#ends, unread: 0, left: 0, looks: 0 });
    this.#shares.open.add(address);
    socket.once("close", () => {
      this.#drop(socket);
    });
  }

  /** Cuts the one that is idle longest, for one of this address. @returns whether one could be cut. */
  #cutOne(address: string): boolean {
    const larger = this.#shares.open.largerThan(address);
    let oldest: Socket | undefined;
    let last = Infinity;
    for (const [socket, use] of this.#open) {
      if (larger !== undefined && use.address !== larger) continue;
      // Those of the address that holds most may even be busy, if all of them are.
      const age = use.busy === 0 ? use.last : larger === undefined ? Infinity : Number.MAX_VALUE;
      if (age >= last) continue;
      [oldest, last] = [socket, age];
    }
    if (oldest === undefined) return false;
    this.#drop(oldest);
    return true;
  }

  #cutLargest(but: Socket): boolean {
    let largest: Socket | undefined;
    let most = 0;
    for (const [socket, { unread }] of this.#open) {
      if (socket === but || unread <= most) continue;
      [largest, most] = [socket, unread];
    }
    if (largest === undefined) return false;
    this.#drop(largest);
    return true;
  }

  #drop(socket: Socket): void {
    const use = this.#open.get(socket);
    if (use === undefined) return;
    this.#unread -= use.unread;
    use.unread = 0;
    this.#open.delete(socket);
    this.#shares.open.remove(use.address);
    socket.destroy();
  }

  /**
   * Looks are counted, not time: it passes also while this process does not run. And what counts is that nothing leaves:
   * under load something waits on every look, and is another answer each time.
   */
  #cutDeaf(): void {
    const most = (this.#limits.replySeconds * 1000) / SWEEP;
    for (const [socket, use] of this.#open) {
      const waiting = socket.writableLength;
      const left = socket.bytesWritten - waiting;
      if (waiting === 0 || left !== use.left) [use.left, use.looks] = [left, 0];
      else if (++use.looks >= most) this.#drop(socket);
    }
  }
}

function nameOf({ remoteAddress = "", remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
