import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { request } from "node:https";
import { valueAt } from "#src/field/json.ts";
import type { Cluster } from "./cluster.ts";

/** A request that passed, or that was held back. */
export interface Passed {
  readonly method: string;
  readonly path: string;
}

/**
 * A proxy between one replica and the API server. It changes nothing, the replica sends its own token; but a test can
 * see the requests, block one of them, and cut the connection.
 */
export class ApiProxy {
  readonly passed: Passed[] = [];
  /** Called before each request: true blocks it. */
  stops: (passed: Passed) => boolean = () => false;
  #cut = false;
  readonly #server: Server;
  readonly #target: URL;
  readonly #ca: string;

  private constructor(cluster: Cluster) {
    this.#target = new URL(cluster.server);
    this.#ca = cluster.ca;
    this.#server = createServer((incoming, answer) => {
      this.#pass(incoming, answer);
    });
  }

  static async open(cluster: Cluster): Promise<ApiProxy> {
    const proxy = new ApiProxy(cluster);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String(valueAt(this.#server.address(), ["port"]))}`;
  }

  /** Blocks everything from now on, and breaks off what is in flight. */
  cut(): void {
    this.#cut = true;
    this.#server.closeAllConnections();
  }

  mend(): void {
    this.#cut = false;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const passed = { method: incoming.method ?? "GET", path: incoming.url ?? "/" };
    if (this.#cut || this.stops(passed)) {
      incoming.destroy();
      return;
    }
    this.passed.push(passed);
    const { hostname, port, host } = this.#target;
    const onwards = request(
      {
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port: port === "" ? 443 : port,
        path: passed.path,
        method: passed.method,
        headers: { ...incoming.headers, host },
        ...(this.#ca === "" ? {} : { ca: this.#ca }),
      },
      (back) => {
        answer.writeHead(back.statusCode ?? 502, back.headers);
        answer.flushHeaders();
        back.pipe(answer);
        back.on("error", () => answer.destroy());
      },
    );
    onwards.on("error", () => answer.destroy());
    answer.on("close", () => onwards.destroy());
    incoming.pipe(onwards);
  }
}
