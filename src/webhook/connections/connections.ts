import { type Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { RequestListener, ServerResponse } from "node:http";
import { ConnectionCounts } from "./connection-counts.ts";
import { Handshakes } from "./handshakes.ts";

/** The interval between two checks for clients that do not read their replies, in milliseconds. */
const CHECK_INTERVAL = 500;
/** The maximum size of all unread replies together, in bytes. */
const MAX_UNREAD = 16 * 1024 * 1024;
/** The maximum number of unanswered requests on one connection; an API server sends one at a time. */
const MAX_PIPELINED = 16;

/** The limits on the connections of one port. */
export interface ConnectionLimits {
  /** The maximum number of open connections. */
  readonly connections: number;
  /** The maximum number of connections without a finished TLS handshake. */
  readonly handshakes: number;
  /** How long a client may take to read a reply. */
  readonly replySeconds: number;
}

interface ConnectionState {
  readonly address: string;
  /** The number of unanswered requests. */
  pending: number;
  /** The sequence number of the last finished request. */
  lastRequest: number;
  /** The size of the replies that are not sent yet, in bytes. */
  unread: number;
  /** The number of bytes that had been sent at the last check. */
  sent: number;
  /** The number of checks since then that found unsent bytes and no progress. */
  stalledChecks: number;
}

/**
 * Enforces the limits on the connections of one port: their number, the number without a finished handshake, and unread
 * replies. Idle, silent and slow connections are closed before active ones. If one client address has more connections
 * than the others, one of its connections is closed.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  /** The connections that are ready for requests: on a TLS port, those with a finished handshake. */
  readonly #open = new Map<Socket, ConnectionState>();
  readonly #counts = new ConnectionCounts();
  readonly #handshakes: Handshakes;
  readonly #checkTimer: NodeJS.Timeout;
  #unread = 0;
  /** The number of finished requests on all connections. The lower a connection's `lastRequest`, the longer it is idle. */
  #finishedRequests = 0;

  constructor(server: Server, secure: boolean, limits: ConnectionLimits) {
    this.#limits = limits;
    this.#handshakes = new Handshakes(limits.handshakes);
    server.on("connection", (socket: Socket) => {
      if (secure) this.#handshakes.add(socket);
      else this.#addOpen(socket);
    });
    if (secure) {
      server.on("secureConnection", (socket: Socket) => {
        this.#handshakes.finish(socket);
        this.#addOpen(socket);
      });
    }
    this.#checkTimer = setInterval(() => {
      this.#closeStalled();
    }, CHECK_INTERVAL).unref();
  }

  /** Wraps a listener so that its requests are counted. */
  countRequests(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (!this.requestStarted(request.socket)) return;
      response.once("close", () => {
        this.requestEnded(request.socket);
      });
      listener(request, response);
    };
  }

  /** The number of connections with and without a finished handshake. */
  get count(): { readonly open: number; readonly handshakes: number } {
    return { open: this.#open.size, handshakes: this.#handshakes.size };
  }

  /** Whether the connection is open and its handshake is finished. */
  isOpen(socket: Duplex): boolean {
    return socket instanceof Socket && this.#open.has(socket);
  }

  /**
   * Counts a request that has arrived.
   * @returns whether it may be answered: false if the connection has too many unanswered requests and was closed
   */
  requestStarted(socket: Socket): boolean {
    const state = this.#open.get(socket);
    if (state === undefined) return !socket.destroyed;
    state.pending++;
    if (state.pending <= MAX_PIPELINED) return true;
    socket.destroy();
    return false;
  }

  /** Counts a request that is answered, or never will be. */
  requestEnded(socket: Socket): void {
    const state = this.#open.get(socket);
    if (state === undefined) return;
    state.pending--;
    state.lastRequest = ++this.#finishedRequests;
  }

  /** Tracks a large reply until it is sent. If there are too many unread bytes, other connections are closed. */
  trackReply(socket: Socket, response: ServerResponse, bytes: number): void {
    const state = this.#open.get(socket);
    if (state === undefined) return;
    state.unread += bytes;
    this.#unread += bytes;
    response.once("close", () => {
      // If the connection was closed by this class, its bytes are already subtracted.
      const counted = Math.min(bytes, state.unread);
      state.unread -= counted;
      this.#unread -= counted;
    });
    while (this.#unread > MAX_UNREAD && this.#closeLargestExcept(socket));
  }

  /** Destroys all connections without an unanswered request. */
  destroyIdle(): void {
    this.#handshakes.destroyAll();
    for (const [socket, { pending }] of this.#open) if (pending === 0) socket.destroy();
  }

  /** Destroys all connections. */
  destroyAll(): void {
    this.#handshakes.destroyAll();
    for (const socket of this.#open.keys()) socket.destroy();
  }

  /** Stops checking for unread replies. */
  stopMonitoring(): void {
    clearInterval(this.#checkTimer);
  }

  #addOpen(socket: Socket): void {
    const { remoteAddress: address = "" } = socket;
    if (this.#open.size >= this.#limits.connections && !this.#closeOneFor(address)) {
      socket.destroy();
      return;
    }
    this.#open.set(socket, {
      address,
      pending: 0,
      lastRequest: this.#finishedRequests,
      unread: 0,
      sent: 0,
      stalledChecks: 0,
    });
    this.#counts.add(address);
    socket.once("close", () => {
      this.#closeOpen(socket);
    });
  }

  /**
   * Makes room for a new connection of this client address: closes the connection that has been idle longest.
   * @returns whether one was closed
   */
  #closeOneFor(address: string): boolean {
    const larger = this.#counts.largerThan(address);
    let oldest: Socket | undefined;
    let lowest = Infinity;
    for (const [socket, state] of this.#open) {
      if (larger !== undefined && state.address !== larger) continue;
      // A busy connection may be closed only if its address has the most connections and all of them are busy.
      const rank = state.pending === 0 ? state.lastRequest : larger === undefined ? Infinity : Number.MAX_VALUE;
      if (rank >= lowest) continue;
      [oldest, lowest] = [socket, rank];
    }
    if (oldest === undefined) return false;
    this.#closeOpen(oldest);
    return true;
  }

  /** Closes the connection with the most unread bytes, other than this one. @returns whether there was one */
  #closeLargestExcept(except: Socket): boolean {
    let largest: Socket | undefined;
    let most = 0;
    for (const [socket, { unread }] of this.#open) {
      if (socket === except || unread <= most) continue;
      [largest, most] = [socket, unread];
    }
    if (largest === undefined) return false;
    this.#closeOpen(largest);
    return true;
  }

  #closeOpen(socket: Socket): void {
    const state = this.#open.get(socket);
    if (state === undefined) return;
    this.#unread -= state.unread;
    state.unread = 0;
    this.#open.delete(socket);
    this.#counts.remove(state.address);
    socket.destroy();
  }

  /**
   * Closes connections whose client does not read. It counts checks rather than time, because time also passes while this
   * process does not run. And it looks for progress rather than for an empty buffer: under load, every check finds unsent
   * bytes, each time of another reply.
   */
  #closeStalled(): void {
    const maxChecks = (this.#limits.replySeconds * 1000) / CHECK_INTERVAL;
    for (const [socket, state] of this.#open) {
      const unsent = socket.writableLength;
      const sent = socket.bytesWritten - unsent;
      if (unsent === 0 || sent !== state.sent) [state.sent, state.stalledChecks] = [sent, 0];
      else if (++state.stalledChecks >= maxChecks) this.#closeOpen(socket);
    }
  }
}
