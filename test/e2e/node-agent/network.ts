import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { joinSockets } from "../join-sockets.ts";
import { may, must } from "./objects.ts";

/** The bridge of all Pods. The certificate of the API server must name its address. */
const BRIDGE = "fairlead-e2e";
const PREFIX = "fairlead-e2e-";
/** The address of the bridge, which is that of every node, too. */
export const GATEWAY = "10.231.0.1";
const SUBNET = "10.231.0";
/** The port at which Pods find the API server. */
export const API_PORT = 443;

/** A Pod's place in the network. */
export interface Place {
  readonly address: string;
  /** The file of its network namespace. */
  readonly file: string;
}

/** Network namespaces of Pods, joined by a bridge, at whose address the API server answers. */
export class Network {
  readonly #forwarder: Server;
  readonly #sockets = new Set<Socket>();
  readonly #used = new Set<number>();
  #next = 10;

  private constructor(server: URL) {
    const port = Number(server.port === "" ? "443" : server.port);
    this.#forwarder = createServer((client) => {
      joinSockets(client, connect(port, server.hostname), this.#sockets);
    });
  }

  /**
   * @param server the address of the API server, on this machine.
   * @throws if this process may not make a bridge.
   */
  static async open(server: string): Promise<Network> {
    await sweep();
    await must("ip", "link", "add", BRIDGE, "type", "bridge");
    await must("ip", "address", "add", `${GATEWAY}/24`, "dev", BRIDGE);
    await must("ip", "link", "set", BRIDGE, "up");
    const network = new Network(new URL(server));
    network.#forwarder.listen(API_PORT, GATEWAY);
    await once(network.#forwarder, "listening");
    return network;
  }

  /** Makes a network namespace with an address of its own. No address is used again soon: clients may still know it. */
  async add(): Promise<Place> {
    while (this.#used.has(this.#next)) this.#next = next(this.#next);
    const number = this.#next;
    this.#used.add(number);
    this.#next = next(number);
    const [name, host, address] = [`${PREFIX}${number}`, `fle2e${number}`, `${SUBNET}.${number}`];
    await must("ip", "netns", "add", name);
    await must("ip", "link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", name);
    await must("ip", "link", "set", host, "master", BRIDGE, "up");
    const inside = ["-n", name];
    await must("ip", ...inside, "address", "add", `${address}/24`, "dev", "eth0");
    await must("ip", ...inside, "link", "set", "lo", "up");
    await must("ip", ...inside, "link", "set", "eth0", "up");
    await must("ip", ...inside, "route", "add", "default", "via", GATEWAY);
    return { address, file: `/run/netns/${name}` };
  }

  async remove({ address }: Place): Promise<void> {
    const number = Number(address.split(".").at(-1));
    await may("ip", "link", "delete", `fle2e${number}`);
    await may("ip", "netns", "delete", `${PREFIX}${number}`);
    this.#used.delete(number);
  }

  async close(): Promise<void> {
    this.#forwarder.close();
    for (const socket of this.#sockets) socket.destroy();
    await sweep();
  }
}

function next(number: number): number {
  return number >= 250 ? 10 : number + 1;
}

/** Takes away what an aborted run left, its processes included. */
async function sweep(): Promise<void> {
  const { stdout } = await may("ip", "netns", "list");
  for (const [name = ""] of stdout.split("\n").map((line) => line.split(" "))) {
    if (!name.startsWith(PREFIX)) continue;
    const { stdout: processes } = await may("ip", "netns", "pids", name);
    for (const id of processes.split("\n").filter((line) => line !== "")) await may("kill", "-9", id);
    await may("ip", "netns", "delete", name);
  }
  await may("ip", "link", "delete", BRIDGE);
}
