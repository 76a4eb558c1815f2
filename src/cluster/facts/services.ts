import type { JsonObject } from "../../field/index.ts";
import { type KubernetesApi, objectsAt, textAt } from "../api/index.ts";

/** How many Services one answer holds at most. */
const PAGE = 500;

/**
 * The Services of a cluster as they are stored, page by page. Nothing is written.
 * @param namespace the namespace whose Services are read; undefined for all
 * @throws ApiError if the API server refuses, or cannot be reached
 */
export async function listServices(api: KubernetesApi, namespace: string | undefined): Promise<JsonObject[]> {
  const path =
    namespace === undefined ? "/api/v1/services" : `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`;
  const services: JsonObject[] = [];
  let token: string | undefined;
  do {
    const more: string = token === undefined ? "" : `&continue=${encodeURIComponent(token)}`;
    const list = await api.get(`${path}?limit=${PAGE}${more}`);
    // The items of a list lack what is the same for all of them.
    services.push(...objectsAt(list, "items").map((item) => ({ apiVersion: "v1", kind: "Service", ...item })));
    token = textAt(list, "metadata", "continue");
  } while (token !== undefined && token !== "");
  return services;
}
