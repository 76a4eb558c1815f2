import type { Audited } from "../../audit/findings/index.ts";
import type { Stored } from "../../audit/judge/index.ts";
import type { JsonObject } from "../../field/index.ts";
import { entriesOf } from "../../inventory/extract/index.ts";
import type { InventoryView, Need } from "../../inventory/model/index.ts";
import { Inventory } from "../../inventory/store/index.ts";
import { isForbidden, type KubernetesApi, listAll, textAt } from "../api/index.ts";
import { labelsOf, listServices } from "../facts/index.ts";

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
  const inventory = needs.size === 0 ? undefined : await readInventory(api, needs, leftOut);
  return { services, naming: [], leftOut, namespaceLabels: (name) => labels.get(name), inventory };
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
  const query = namespace === undefined ? "" : `?fieldSelector=${encodeURIComponent(`metadata.name=${namespace}`)}`;
  const labels = new Map<string, Labels>();
  try {
    for await (const item of listAll(api, `/api/v1/namespaces${query}`)) {
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

async function readInventory(
  api: KubernetesApi,
  needs: ReadonlySet<Need>,
  leftOut: string[],
): Promise<InventoryView | undefined> {
  const known = new Set<Need>([...needs].filter((need) => need === "services"));
  for (const need of needs) if (!known.has(need)) leftOut.push(`rules that have to know the ${need} were not judged`);
  if (known.size === 0) return undefined;
  const inventory = new Inventory(true, known);
  for await (const item of listAll(api, "/api/v1/services")) {
    const entries = entriesOf({ apiVersion: "v1", kind: "Service", ...item }, { namespace: "" });
    if (entries !== undefined) inventory.set(keyOf(item), entries);
  }
  return inventory.view();
}

function keyOf(item: JsonObject): string {
  return `Service ${textAt(item, "metadata", "namespace") ?? ""}/${textAt(item, "metadata", "name") ?? ""}`;
}
