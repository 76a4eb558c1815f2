import type { JsonObject } from "../../field/index.ts";
import { ApiError, type KubernetesApi, objectsAt, textAt } from "./kubernetes-api.ts";

/** How many objects one answer holds at most. */
const PAGE = 500;

/** The status with which the API server says that the state that a list began with is no longer kept. */
const EXPIRED = 410;

/**
 * The objects of a collection as they are stored, page by page. If the list takes so long that the server has forgotten the state
 * it began with, it goes on with the state as it is then.
 * @param path with or without a query
 * @throws ApiError if the API server refuses, or cannot be reached
 */
export async function* listAll(api: KubernetesApi, path: string): AsyncGenerator<JsonObject> {
  const query = `${path}${path.includes("?") ? "&" : "?"}limit=${PAGE}`;
  let token: string | undefined;
  do {
    let list: JsonObject;
    try {
      list = await api.get(token === undefined ? query : `${query}&continue=${encodeURIComponent(token)}`);
    } catch (error) {
      const next = error instanceof ApiError && error.status === EXPIRED ? continuation(error.body) : undefined;
      if (next === undefined || next === token) throw error;
      token = next;
      continue;
    }
    yield* objectsAt(list, "items");
    token = continuation(list);
  } while (token !== undefined);
}

function continuation(list: unknown): string | undefined {
  const token = textAt(list, "metadata", "continue");
  return token === "" ? undefined : token;
}
