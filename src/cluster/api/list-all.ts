import type { JsonObject } from "../../field/index.ts";
import { ApiError, isGone, type KubernetesApi, objectsAt, textAt } from "./kubernetes-api.ts";
import { PAGE_TIMEOUT, queryOf } from "./query.ts";

/** How many objects one answer holds at most. */
const PAGE = 500;

/** What is listed, and how. */
export interface ListOptions {
  readonly fieldSelector?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly metadataOnly?: boolean | undefined;
  readonly pageSize?: number | undefined;
}

/**
 * The objects of a collection as they are stored, page by page. If that takes so long that the server has forgotten the state it
 * began with, the list goes on with the state as it is then.
 * @throws ApiError if the API server refuses, or cannot be reached
 */
export async function* listAll(
  api: KubernetesApi,
  path: string,
  options: ListOptions = {},
): AsyncGenerator<JsonObject> {
  const { fieldSelector, labelSelector, metadataOnly = false, pageSize = PAGE } = options;
  let token: string | undefined;
  do {
    const query = queryOf({ limit: String(pageSize), fieldSelector, labelSelector, continue: token });
    let list: JsonObject;
    try {
      list = await api.get(`${path}?${query}`, { metadataOnly, timeout: PAGE_TIMEOUT });
    } catch (error) {
      const next = error instanceof ApiError && isGone(error) ? continuation(error.body) : undefined;
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
