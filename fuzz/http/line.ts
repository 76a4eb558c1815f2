import { connect, type SecureContext, type TLSSocket } from "node:tls";
import { Broken } from "../target.ts";
import { type RawReply, readReplies } from "./replies.ts";

/** How long to wait for an answer, in milliseconds; generous, because the machine may be busy. */
const PATIENCE = 30_000;

/** A TLS connection to the server under test, and the replies on it. */
export class Line {
  readonly #socket: TLSSocket;
  #text = "";
  #replies: RawReply[] = [];
  #ended = false;
  #broken: Error | undefined;
  #wake: () => void = () => undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.#text += text;
      this.#read();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#ended = true;
      this.#read();
    });
  }

  /** @param secureContext the server's CA, shared, because creating a context costs as much as the handshake */
  static open(port: number, secureContext: SecureContext, session?: Buffer): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: "127.0.0.1",
        port,
        secureContext,
        servername: "localhost",
        ...(session && { session }),
      });
      const line = new Line(socket);
      socket.once("secureConnect", () => {
        resolve(line);
      });
      socket.once("error", reject);
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Calls back with the TLS session, for resumption: a handshake is most of the cost of a short connection. */
  onSession(take: (session: Buffer) => void): void {
    this.#socket.once("session", take);
  }

  /** Writes bytes, one character each, in pieces, between which the server can read. */
  async write(bytes: string, cuts: readonly number[] = []): Promise<void> {
    let from = 0;
    for (const cut of [...cuts, bytes.length]) {
      if (cut <= from || cut > bytes.length) continue;
      if (this.#socket.writable) this.#socket.write(bytes.slice(from, cut), "latin1");
      from = cut;
      if (from < bytes.length) await nextTick();
    }
  }

  /** Ends the writing side of the connection. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The replies so far, once there are `count` or the server has closed the connection. @throws Broken after a timeout */
  async replies(count: number): Promise<readonly RawReply[]> {
    const taken = await this.#until(() => this.#replies.length >= count || this.#ended);
    if (!taken)
      throw new Broken("an answer or an end", `${this.#replies.length} of ${count} answers after ${PATIENCE} ms`);
    const replies = this.#replies;
    this.#replies = [];
    return replies;
  }

  async #until(condition: () => boolean): Promise<boolean> {
    const deadline = performance.now() + PATIENCE;
    while (!condition()) {
      if (this.#broken !== undefined) break;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#broken !== undefined) throw this.#broken;
    return true;
  }

  #read(): void {
    try {
      const { replies, rest } = readReplies(this.#text, this.#ended);
      this.#replies.push(...replies);
      this.#text = rest;
      if (this.#ended && rest !== "")
        throw new Broken("well-formed HTTP", `cut off: ${JSON.stringify(rest.slice(0, 200))}`);
    } catch (error) {
      this.#broken = error instanceof Error ? error : new Error(String(error));
    }
    this.#wake();
  }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
