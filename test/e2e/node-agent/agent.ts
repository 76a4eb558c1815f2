import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorText, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { watchCollection } from "#src/cluster/api/watch.ts";
import { systemClock } from "#src/cluster/loop/clock.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { ROOT } from "#test/paths.ts";
import { type Image, imageOf } from "./image.ts";
import { Network } from "./network.ts";
import { NODES, nodeFor, registerNodes } from "./nodes.ts";
import { meta } from "./objects.ts";
import { type Machine, PodWorker } from "./pod.ts";

/** The image that the chart names. */
const REPOSITORY = "fairlead/fairlead";

/**
 * Stands for scheduler, kubelets and container engine in a cluster that has none of them: binds Pods to nodes of its
 * own, and runs their containers as processes of this machine.
 */
export class NodeAgent {
  readonly #machine: Machine & { readonly images: Map<string, Image> };
  readonly #isOurs: (namespace: string) => boolean;
  readonly #workers = new Map<string, PodWorker>();
  /** The node that each Pod was bound to. */
  readonly #bound = new Map<string, string>();
  readonly #problems: string[] = [];
  #nodes: ReadonlyMap<string, JsonObject> = new Map();
  #pods: ReadonlyMap<string, JsonObject> = new Map();
  #stop: (() => Promise<void>)[] = [];

  private constructor(
    machine: Machine & { readonly images: Map<string, Image> },
    isOurs: (namespace: string) => boolean,
  ) {
    this.#machine = machine;
    this.#isOurs = isOurs;
  }

  /**
   * @param isOurs the namespaces whose Pods it runs.
   */
  static async start(cluster: Cluster, isOurs: (namespace: string) => boolean): Promise<NodeAgent> {
    const folder = await mkdtemp(join(tmpdir(), "fairlead-e2e-node-"));
    const images = new Map([[`${REPOSITORY}:${await appVersion()}`, await imageOf()]]);
    const network = await Network.open(cluster.server);
    const agent = new NodeAgent({ cluster, network, folder, images }, isOurs);
    try {
      await agent.#open();
      return agent;
    } catch (error) {
      await agent.close();
      throw error;
    }
  }

  /** Provides an image under a further tag. */
  addImage(tag: string, image: Image): void {
    this.#machine.images.set(`${REPOSITORY}:${tag}`, image);
  }

  /** The Pods that run here. */
  get workers(): readonly PodWorker[] {
    return [...this.#workers.values()];
  }

  /** What Pods have printed and what has happened to them, for failures that nothing else explains. */
  get log(): string {
    return [...this.#problems, ...this.workers.map(({ name, log }) => `${name}: ${log.slice(-2_000)}`)].join("\n");
  }

  /** Ends all Pods, and takes away whatever it made. */
  async close(): Promise<void> {
    for (const stop of this.#stop.reverse()) await stop();
    await Promise.all(this.workers.map((worker) => worker.end(0)));
    await this.#machine.network.close();
    await rm(this.#machine.folder, { recursive: true, force: true });
  }

  async #open(): Promise<void> {
    const { cluster } = this.#machine;
    this.#stop.push(await registerNodes(cluster));
    const target = {
      api: cluster.api,
      clock: systemClock,
      onError: (error: unknown) => this.#problems.push(errorText(error)),
    };
    const same = (item: JsonObject): JsonObject => item;
    const watches = [
      watchCollection(target, "/api/v1/nodes", same, (items) => {
        this.#nodes = items;
        this.#sync();
      }),
      watchCollection(target, "/api/v1/pods", same, (items) => {
        this.#pods = items;
        this.#sync();
      }),
    ];
    this.#stop.push(() => {
      for (const end of watches) end();
      return Promise.resolve();
    });
  }

  #sync(): void {
    const seen = new Set<string>();
    for (const pod of this.#pods.values()) {
      if (!this.#isOurs(meta(pod, "namespace"))) continue;
      const [uid, node] = [meta(pod, "uid"), textAt(pod, "spec", "nodeName")];
      if (node === undefined) void this.#bind(pod);
      if (!NODES.some((name) => name === node)) continue;
      seen.add(uid);
      const worker = this.#workers.get(uid) ?? new PodWorker(this.#machine, pod);
      this.#workers.set(uid, worker);
      worker.update(pod);
    }
    // Deleted without grace, behind the node's back.
    for (const [uid, worker] of this.#workers) {
      if (!seen.has(uid)) void worker.end(0).then(() => this.#workers.delete(uid));
    }
  }

  async #bind(pod: JsonObject): Promise<void> {
    const uid = meta(pod, "uid");
    if (meta(pod, "deletionTimestamp") !== "" || this.#bound.has(uid)) return;
    const name = nodeFor(pod, this.#nodes, this.#pods.values(), this.#bound);
    if (name === undefined) return;
    this.#bound.set(uid, name);
    const path = `/api/v1/namespaces/${meta(pod, "namespace")}/pods/${meta(pod, "name")}/binding`;
    const target = { apiVersion: "v1", kind: "Node", name };
    try {
      await this.#machine.cluster.api.create(path, {
        apiVersion: "v1",
        kind: "Binding",
        metadata: { name: meta(pod, "name") },
        target,
      });
    } catch (error) {
      this.#problems.push(errorText(error));
      this.#bound.delete(uid);
    }
  }
}

/** The tag of the chart's image, where values name no other. */
async function appVersion(): Promise<string> {
  const chart = await readFile(join(ROOT, "charts", "fairlead", "Chart.yaml"), "utf8");
  return /^appVersion: (\S+)$/m.exec(chart)?.[1] ?? "latest";
}
