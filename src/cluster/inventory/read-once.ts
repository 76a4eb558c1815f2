import type { JsonObject } from "../../field/index.ts";
import { type InventoryView, type Need, NEEDS, type ReferenceEntry } from "../../inventory/model/index.ts";
import { entriesOf } from "../../inventory/extract/index.ts";
import { Inventory } from "../../inventory/store/index.ts";
import { isForbidden, isMissing, keyOf, type KubernetesApi, listAll } from "../api/index.ts";
import { type Collection, COLLECTIONS, nameOf, prefixOf, typeAt } from "./collections.ts";
import { pathsOf } from "./discovery.ts";

/** An object that names Services, as it is stored. */
export interface NamingObject {
  readonly object: JsonObject;
  readonly references: readonly ReferenceEntry[];
}

/** What is around the Services of a cluster at one time. */
export interface ReadInventory {
  /** Undefined if nothing of what is needed may be read. */
  readonly view: InventoryView | undefined;
  readonly naming: readonly NamingObject[];
  /** What may not be read, and what follows; one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads what rules need to know besides the Services, page by page.
 * @throws ApiError if the API server cannot be reached
 */
export async function readInventory(api: KubernetesApi, needs: ReadonlySet<Need>): Promise<ReadInventory> {
  const collections = COLLECTIONS.filter((collection) => collection.needs.some((need) => needs.has(need)));
  const known = new Set(NEEDS.filter((need) => needs.has(need)));
  const inventory = new Inventory(true, known);
  const naming: NamingObject[] = [];
  const notes: string[] = [];
  for (const [collection, path] of await pathsOf(api, collections)) {
    try {
      await readCollection(api, collection, path, (key, object) => {
        const entries = entriesOf(object, { namespace: "" });
        if (entries === undefined) return;
        inventory.set(key, entries);
        const { references = [] } = entries;
        if (references.length > 0) naming.push({ object, references });
      });
    } catch (error) {
      if (isMissing(error) || (isForbidden(error) && collection.isOptional === true)) continue;
      if (!isForbidden(error)) throw error;
      const lost = collection.needs.filter((need) => known.delete(need));
      const effect = lost.length === 0 ? "" : `: rules that have to know the ${lost.join(" or the ")} were not judged`;
      notes.push(`this user may not list ${nameOf(collection)}${effect}`);
    }
  }
  return { view: known.size === 0 ? undefined : inventory.view(), naming, notes };
}

async function readCollection(
  api: KubernetesApi,
  collection: Collection,
  path: string,
  take: (key: string, object: JsonObject) => void,
): Promise<void> {
  const { labelSelector, metadataOnly, pageSize } = collection;
  const [prefix, type] = [prefixOf(collection), typeAt(path, collection)];
  for await (const object of listAll(api, path, { labelSelector, metadataOnly, pageSize })) {
    take(prefix + keyOf(object), { ...object, ...type });
  }
}
