import type { JsonObject } from "../../field/index.ts";
import { type KubernetesApi, listAll } from "../api/index.ts";

/**
 * The Services of a cluster as they are stored, page by page. Nothing is written.
 * @param namespace the namespace whose Services are read; undefined for all
 * @throws ApiError if the API server refuses, or cannot be reached
 */
export async function listServices(api: KubernetesApi, namespace: string | undefined): Promise<JsonObject[]> {
  const path =
    namespace === undefined ? "/api/v1/services" : `/api/v1/namespaces/${encodeURIComponent(namespace)}/services`;
  const services: JsonObject[] = [];
  // The items of a list lack what is the same for all of them.
  for await (const item of listAll(api, path)) services.push({ apiVersion: "v1", kind: "Service", ...item });
  return services;
}
