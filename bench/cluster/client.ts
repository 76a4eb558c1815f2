import { once } from "node:events";
import type { RequestOptions } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import { KubeConfig } from "@kubernetes/client-node";

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Milliseconds from the first byte sent to the last one received. */
  readonly time: number;
}

/**
 * One connection to the API server of `KUBECONFIG`, kept open. It writes and reads raw HTTP: a client library would take
 * up to a millisecond of a create that takes two. One request at a time.
 */
export class ApiConnection {
  readonly #socket: TLSSocket;
  readonly #head: string;
  #waiting: { readonly done: (text: string) => void; readonly failed: (error: Error) => void } | undefined;
  #received = "";

  private constructor(socket: TLSSocket, head: string) {
    this.#socket = socket;
    this.#head = head;
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      this.#received += chunk;
      if (!isWhole(this.#received)) return;
      const text = this.#received;
      this.#received = "";
      this.#waiting?.done(text);
    });
    socket.on("error", (error: Error) => this.#waiting?.failed(error));
    socket.on("close", () => this.#waiting?.failed(new Error("the API server closed the connection")));
  }

  /** @throws if the kubeconfig cannot be used or the server does not answer. */
  static async open(): Promise<ApiConnection> {
    const config = new KubeConfig();
    config.loadFromDefault();
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error("KUBECONFIG names no current cluster");
    const { hostname, port } = new URL(server);
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key, rejectUnauthorized, headers = {} } = options;
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: Number(port || 443), ca, cert, key, rejectUnauthorized });
    await once(socket, "secureConnect");
    const all = new Map([
      ["Host", hostname],
      ["Accept", "application/json"],
      ["User-Agent", "fairlead-bench"],
      ...Object.entries(Array.isArray(headers) ? {} : headers).map(([name, value]) => [name, String(value)] as const),
    ]);
    const head = [...all].map(([name, value]) => `${name}: ${value}\r\n`);
    return new ApiConnection(socket, head.join(""));
  }

  /** Sends a request with a JSON body, or none. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const content = body === undefined ? "" : JSON.stringify(body);
    const type = body === undefined ? "" : "Content-Type: application/json\r\n";
    const length = `Content-Length: ${Buffer.byteLength(content)}\r\n`;
    const request = `${method} ${path} HTTP/1.1\r\n${this.#head}${type}${length}\r\n${content}`;
    const start = performance.now();
    const text = await new Promise<string>((done, failed) => {
      this.#waiting = { done, failed };
      this.#socket.write(request);
    });
    const time = performance.now() - start;
    return { status: Number(text.slice(9, 12)), body: text.slice(text.indexOf("\r\n\r\n") + 4), time };
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}

/** Whether this is a response to its end. No line of JSON as the API server writes it ends in CR, so a chunk's end is one. */
function isWhole(received: string): boolean {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return false;
  const head = received.slice(0, headEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return received.length >= headEnd + 4 + Number(length);
  return /^transfer-encoding: *chunked/im.test(head) && received.endsWith("\r\n0\r\n\r\n");
}
