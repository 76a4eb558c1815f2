import { isConflict, objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import type { JsonObject } from "#src/field/json.ts";
import type { Cluster } from "../cluster.ts";
import { GATEWAY } from "./network.ts";
import { meta, now } from "./objects.ts";

/** The nodes that an agent stands for. Their processes share one machine. */
export const NODES = ["fairlead-e2e-a", "fairlead-e2e-b"] as const;
/** Milliseconds between two reports: the node lifecycle controller takes a node for lost after 40 s. */
const HEARTBEAT = 10_000;
const PATH = "/api/v1/nodes";

/** Registers the nodes and reports them as ready, again and again. Returns a function that takes them away. */
export async function registerNodes(cluster: Cluster): Promise<() => Promise<void>> {
  for (const name of NODES) {
    const labels = { "kubernetes.io/hostname": name, "kubernetes.io/os": "linux" };
    await cluster.api
      .create(PATH, { apiVersion: "v1", kind: "Node", metadata: { name, labels }, spec: {} })
      .catch((error: unknown) => {
        if (!isConflict(error)) throw error;
      });
    // A run before may have cordoned it.
    await cluster.api.patch(`${PATH}/${name}`, "merge", { spec: { unschedulable: null } });
  }
  const report = (): Promise<unknown> => Promise.all(NODES.map((name) => beat(cluster, name)));
  await report();
  // While the API server is away a beat fails; the next one comes.
  const beats = setInterval(() => void report().catch(() => undefined), HEARTBEAT);
  return async () => {
    clearInterval(beats);
    for (const name of NODES) await cluster.core.deleteNode({ name }).catch(() => undefined);
  };
}

async function beat(cluster: Cluster, name: string): Promise<void> {
  const resources = { cpu: "4", memory: "8Gi", pods: "110" };
  const conditions = Object.entries({
    MemoryPressure: "False",
    DiskPressure: "False",
    PIDPressure: "False",
    Ready: "True",
  });
  await cluster.api.patch(`${PATH}/${name}/status`, "strategic", {
    status: {
      capacity: resources,
      allocatable: resources,
      addresses: [
        { type: "InternalIP", address: GATEWAY },
        { type: "Hostname", address: name },
      ],
      conditions: conditions.map(([type, status]) => ({
        ...{ type, status, lastHeartbeatTime: now(), reason: "NodeAgent" },
        ...(type === "Ready" ? { message: "the node agent of the e2e suite runs" } : {}),
      })),
    },
  });
}

/**
 * The node for a Pod: of those that take it, the one with the fewest Pods of the same release. Undefined if none takes it.
 * @param bound the nodes of Pods by their uids, as far as they have been bound already and the API server does not tell yet.
 */
export function nodeFor(
  pod: JsonObject,
  nodes: ReadonlyMap<string, JsonObject>,
  pods: Iterable<JsonObject>,
  bound: ReadonlyMap<string, string>,
): string | undefined {
  const alike = JSON.stringify(instance(pod));
  const neighbours = [...pods].filter(
    (other) => JSON.stringify(instance(other)) === alike && meta(other, "deletionTimestamp") === "",
  );
  const load = (name: string): number =>
    neighbours.filter((other) => (textAt(other, "spec", "nodeName") ?? bound.get(meta(other, "uid"))) === name).length;
  const [best] = [...nodes.values()]
    .filter((node) => takes(node, pod))
    .map((node) => ({ name: meta(node, "name"), load: load(meta(node, "name")) }))
    .sort((a, b) => a.load - b.load || a.name.localeCompare(b.name));
  return best?.name;
}

function instance(pod: JsonObject): unknown {
  return [meta(pod, "namespace"), textAt(pod, "metadata", "labels", "app.kubernetes.io/instance")];
}

/** Whether a node takes new Pods, and this one: it is not cordoned, and each of its taints is tolerated. */
function takes(node: JsonObject, pod: JsonObject): boolean {
  if (!NODES.some((name) => name === meta(node, "name"))) return false;
  const tolerations = objectsAt(pod, "spec", "tolerations");
  return objectsAt(node, "spec", "taints")
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) =>
      tolerations.some(
        ({ key, operator, value, effect }) =>
          (key === undefined || key === taint.key) &&
          (operator === "Exists" || (value ?? "") === (taint.value ?? "")) &&
          (effect === undefined || effect === taint.effect),
      ),
    );
}
