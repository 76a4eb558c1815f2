import type { JsonObject } from "../../field/index.ts";
import { getIfPresent, isForbidden, type KubernetesApi, textAt } from "../api/index.ts";

/**
 * The reference to an object that owns others: they are deleted with it, by the garbage collection of the cluster. What is in a
 * namespace may be owned by what is in none. Undefined if there is no such object.
 * @throws ApiError if the API server cannot be reached
 */
export async function ownerAt(api: KubernetesApi, path: string): Promise<JsonObject | undefined> {
  try {
    const object = await getIfPresent(api, path);
    const [apiVersion, kind] = [textAt(object, "apiVersion"), textAt(object, "kind")];
    const [name, uid] = [textAt(object, "metadata", "name"), textAt(object, "metadata", "uid")];
    return uid === undefined ? undefined : { apiVersion, kind, name, uid };
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
