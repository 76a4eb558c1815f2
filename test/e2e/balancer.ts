import { once } from "node:events";
import { createServer, connect, type Server, type Socket } from "node:net";
import { valueAt } from "#src/field/json.ts";
import { joinSockets } from "./join-sockets.ts";

/** One server behind the balancer. */
export interface Backend {
  readonly port: number;
  readonly healthPort: number;
}

/** Milliseconds between two readiness checks. */
const PROBE = 200;

/**
 * Stands for a Kubernetes Service: one address, behind which each new connection goes to one of the servers that are
 * ready. Open connections stay where they are.
 */
export class Balancer {
  readonly #server: Server;
  readonly #backends: () => readonly Backend[];
  readonly #sockets = new Set<Socket>();
  readonly #probe: NodeJS.Timeout;
  #ready: readonly Backend[] = [];
  #turn = 0;

  private constructor(backends: () => readonly Backend[]) {
    this.#backends = backends;
    this.#server = createServer((socket) => {
      this.#join(socket);
    });
    this.#probe = setInterval(() => void this.probe(), PROBE);
  }

  static async open(host: string, backends: () => readonly Backend[]): Promise<Balancer> {
    const balancer = new Balancer(backends);
    balancer.#server.listen(0, host);
    await once(balancer.#server, "listening");
    return balancer;
  }

  get port(): number {
    return Number(valueAt(this.#server.address(), ["port"]));
  }

  /** Checks now which servers are ready. */
  async probe(): Promise<void> {
    const backends = this.#backends();
    const ready = await Promise.all(backends.map(isReady));
    this.#ready = backends.filter((_, index) => ready[index]);
  }

  close(): void {
    clearInterval(this.#probe);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #join(client: Socket): void {
    const backend = this.#ready[this.#turn++ % Math.max(1, this.#ready.length)];
    if (backend === undefined) {
      client.destroy();
      return;
    }
    const server = connect(backend.port, "127.0.0.1");
    joinSockets(client, server, this.#sockets);
  }
}

async function isReady({ healthPort }: Backend): Promise<boolean> {
  return fetch(`http://127.0.0.1:${healthPort}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  );
}
