import { isMissing, type KubernetesApi, objectsAt, textAt } from "../api/index.ts";
import type { Collection } from "./collections.ts";

/**
 * In which version the cluster serves each of these collections.
 * @returns the paths; a collection that the cluster does not have is missing
 * @throws ApiError if the API server refuses, or cannot be reached
 */
export async function pathsOf(
  api: KubernetesApi,
  collections: readonly Collection[],
): Promise<ReadonlyMap<Collection, string>> {
  const served = new Set(
    objectsAt(await api.get("/apis"), "groups").flatMap((group) =>
      objectsAt(group, "versions").flatMap((version) => textAt(version, "groupVersion") ?? []),
    ),
  );
  const resources = new Map<string, Promise<ReadonlySet<string>>>();
  const resourcesOf = (groupVersion: string): Promise<ReadonlySet<string>> => {
    const known = resources.get(groupVersion) ?? readResources(api, groupVersion);
    resources.set(groupVersion, known);
    return known;
  };
  const paths = new Map<Collection, string>();
  for (const collection of collections) {
    const { group, versions, resource } = collection;
    if (group === "") paths.set(collection, `/api/v1/${resource}`);
    for (const version of versions) {
      const groupVersion = `${group}/${version}`;
      if (!served.has(groupVersion) || !(await resourcesOf(groupVersion)).has(resource)) continue;
      paths.set(collection, `/apis/${groupVersion}/${resource}`);
      break;
    }
  }
  return paths;
}

async function readResources(api: KubernetesApi, groupVersion: string): Promise<ReadonlySet<string>> {
  try {
    const list = await api.get(`/apis/${groupVersion}`);
    return new Set(objectsAt(list, "resources").flatMap((resource) => textAt(resource, "name") ?? []));
  } catch (error) {
    // Taken away since the groups were read.
    if (isMissing(error)) return new Set();
    throw error;
  }
}
