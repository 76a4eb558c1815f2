import { isObject, type JsonObject, valueAt } from "../../field/index.ts";

/** The type of a patch: `strategic` merges lists of built-in types by their key, `merge` replaces them. */
export type PatchKind = "merge" | "strategic";

/** One event of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

/** How objects are read. */
export interface ReadOptions {
  /** Whether only `metadata` is wanted of each object: the rest need not be sent, and `kind` is `PartialObjectMetadata` then. */
  readonly metadataOnly?: boolean;
  /** How long it may take, in milliseconds: a long list takes longer than one object. */
  readonly timeout?: number;
}

/** The operations of the Kubernetes API that Fairlead uses: JSON objects in and out; unknown fields are kept. */
export interface KubernetesApi {
  /** @throws ApiError, like all methods here, if the server refuses, cannot be reached, or does not answer in time. */
  get(path: string, options?: ReadOptions): Promise<JsonObject>;
  create(path: string, body: JsonObject): Promise<JsonObject>;
  /** Replaces the stored object; if `metadata.resourceVersion` is set, only if the stored object has the same. */
  replace(path: string, body: JsonObject): Promise<JsonObject>;
  patch(path: string, kind: PatchKind, body: JsonObject): Promise<JsonObject>;
  delete(path: string): Promise<JsonObject>;
  /** Calls `onEvent` for each event; ends when the server ends the watch, or by the signal. */
  watch(
    path: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
    options?: Pick<ReadOptions, "metadataOnly">,
  ): Promise<void>;
}

/** A request that the API server refused, or that did not reach it. */
export class ApiError extends Error {
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** The answer's body, if it was JSON. */
  readonly body: JsonObject | undefined;

  constructor(status: number, message: string, body?: JsonObject) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

/** Whether the object, or its type, does not exist. */
export function isMissing(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404;
}

/** Whether the object was written meanwhile, or exists already. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409;
}

/** Whether the version to go on from, or the token for the next page, is too old. */
export function isGone(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 410;
}

/** Whether RBAC forbids the request. */
export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403;
}

/** The object at the path; undefined if it does not exist. */
export async function getIfPresent(api: KubernetesApi, path: string): Promise<JsonObject | undefined> {
  try {
    return await api.get(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The value if it is an object; otherwise an empty object. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The string at the given keys below `value`; undefined if there is none. */
export function textAt(value: unknown, ...keys: (string | number)[]): string | undefined {
  const found = valueAt(value, keys);
  return typeof found === "string" ? found : undefined;
}

/** The objects in the list at the given keys below `value`. */
export function objectsAt(value: unknown, ...keys: (string | number)[]): JsonObject[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The strings in the list at the given keys below `value`. */
export function textsAt(value: unknown, ...keys: (string | number)[]): string[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === "string") : [];
}

/** The message of whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
