import type { Audited } from "../../audit/findings/index.ts";
import type { Stored } from "../../audit/judge/index.ts";
import type { JsonObject } from "../../field/index.ts";
import type { InventoryView, Need } from "../../inventory/model/index.ts";
import { isForbidden, type KubernetesApi, listAll, textAt } from "../api/index.ts";
import { labelsOf, listServices } from "../facts/index.ts";
import { readInventory } from "../inventory/index.ts";

export interface ReadOptions {
  /** The only namespace whose Services are judged; undefined for all. */
  readonly namespace: string | undefined;
  /** What the policies have to know besides the Service. */
  readonly needs: ReadonlySet<Need>;
  /** Whether policies are judged, which may ask for the labels of namespaces. */
  readonly withLabels: boolean;
}

type Labels = Readonly<Record<string, string>>;

/** What is read of a cluster to be judged. */
export interface ReadCluster extends Audited {
  readonly namespaceLabels: (namespace: string) => Labels | undefined;
  readonly inventory: InventoryView | undefined;
}

/**
 * Reads what is stored in a cluster, page by page. Nothing is written.
 * @throws ApiError if the Services may not be read, or the API server cannot be reached
 */
export async function readCluster(api: KubernetesApi, options: ReadOptions): Promise<ReadCluster> {
  const { namespace, needs } = options;
  const leftOut: string[] = [];
  const services = (await listServices(api, namespace)).map(storedOf);
  const labels = options.withLabels ? await readLabels(api, namespace, leftOut) : new Map<string, Labels>();
  const namespaceLabels = (name: string): Labels | undefined => labels.get(name);
  if (needs.size === 0) return { services, naming: [], leftOut, namespaceLabels, inventory: undefined };
  const { view, naming, notes } = await readInventory(api, needs);
  const judged = naming.filter(({ object }) => isIn(object, namespace));
  return { services, naming: judged, leftOut: [...leftOut, ...notes], namespaceLabels, inventory: view };
}

function isIn(object: JsonObject, namespace: string | undefined): boolean {
  return namespace === undefined || textAt(object, "metadata", "namespace") === namespace;
}

function storedOf(object: JsonObject): Stored {
  const [namespace, name] = ["namespace", "name"].map((key) => textAt(object, "metadata", key) ?? "");
  return { namespace: namespace ?? "", name: name ?? "", object };
}

async function readLabels(
  api: KubernetesApi,
  namespace: string | undefined,
  leftOut: string[],
): Promise<ReadonlyMap<string, Labels>> {
  const fieldSelector = namespace === undefined ? undefined : `metadata.name=${namespace}`;
  const labels = new Map<string, Labels>();
  try {
    for await (const item of listAll(api, "/api/v1/namespaces", { fieldSelector })) {
      labels.set(textAt(item, "metadata", "name") ?? "", labelsOf(item));
    }
  } catch (error) {
    if (!isForbidden(error)) throw error;
    leftOut.push(
      "the labels of namespaces may not be read: policies that go by them are judged as if they were not known",
    );
  }
  return labels;
}
