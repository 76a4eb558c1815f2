import { access } from "node:fs/promises";
import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { Cluster } from "./cluster.ts";
import { NodeAgent } from "./node-agent/agent.ts";
import { NODES } from "./node-agent/nodes.ts";
import { may } from "./node-agent/objects.ts";

/** An image that the nodes of a real cluster can pull, as `REPOSITORY:TAG`. */
const IMAGE = "FAIRLEAD_E2E_IMAGE";

/** Where the chart's Pods run: on the cluster's own nodes, or on those of a node agent. */
export interface WholeCluster {
  readonly cluster: Cluster;
  /** Runs the Pods, where the cluster has no nodes of its own. */
  readonly agent: NodeAgent | undefined;
  /** Flags for Helm that name the image. */
  readonly flags: readonly string[];
  close(): Promise<void>;
}

/**
 * Finds out where Pods run, and starts a node agent where there is no node.
 * @param isOurs the namespaces whose Pods a node agent runs.
 * @returns the reason, as text, if Pods cannot run.
 */
export async function wholeCluster(
  cluster: Cluster,
  isOurs: (namespace: string) => boolean,
): Promise<WholeCluster | string> {
  const nodes = objectsAt(await cluster.api.get("/api/v1/nodes"), "items").map((node) =>
    textAt(node, "metadata", "name"),
  );
  const image = process.env[IMAGE];
  if (nodes.some((name) => !NODES.some((own) => own === name))) {
    if (image === undefined) return `the cluster has nodes of its own, and ${IMAGE} names no image for them to pull`;
    const [, repository = "", tag = ""] = /^(.+):([^:/]+)$/.exec(image) ?? [];
    const flags = ["--set", `image.repository=${repository}`, "--set", `image.tag=${tag}`];
    return { cluster, agent: undefined, flags, close: () => Promise.resolve() };
  }
  const reason = await whyNoAgent(cluster);
  if (reason !== undefined) return `the cluster has no nodes, and ${reason}`;
  const agent = await NodeAgent.start(cluster, isOurs);
  return { cluster, agent, flags: [], close: () => agent.close() };
}

/** Why no node agent can run here; undefined if one can. */
async function whyNoAgent({ server }: Cluster): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "a node agent needs root";
  if (!["127.0.0.1", "localhost", "[::1]"].includes(new URL(server).hostname))
    return "a node agent needs the API server on this machine";
  for (const tool of ["ip", "nsenter", "unshare", "setpriv"]) {
    const { code } = await may(tool, "--version");
    if (code === null) return `a node agent needs the command ${tool}`;
  }
  const isThere = await access("/proc/self/ns/net").then(
    () => true,
    () => false,
  );
  return isThere ? undefined : "a node agent needs Linux with network namespaces";
}
