import { isObject, type JsonObject, valueAt } from "../../field/index.ts";

/** How a patch's body is to be read: `strategic` merges lists of built-in types by their key, `merge` replaces them. */
export type PatchKind = "merge" | "strategic";

/** One line of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

/** The few things that Fairlead asks of a Kubernetes API server: JSON objects in and out, fields that it does not know kept. */
export interface KubernetesApi {
  /** @throws ApiError where the server refuses, cannot be reached, or does not answer in time. */
  get(path: string): Promise<JsonObject>;
  /** @throws ApiError, as for all of these. */
  create(path: string, body: JsonObject): Promise<JsonObject>;
  /** Puts the object in place of the stored one; with `metadata.resourceVersion` only if that is still the stored one's. */
  replace(path: string, body: JsonObject): Promise<JsonObject>;
  patch(path: string, kind: PatchKind, body: JsonObject): Promise<JsonObject>;
  /** Calls `onEvent` for each event until the server or the signal ends the watch. */
  watch(path: string, onEvent: (event: WatchEvent) => void, signal: AbortSignal): Promise<void>;
}

/** What the API server, or the way to it, had against a request. */
export class ApiError extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The answer's body, where it was JSON. */
  readonly body: JsonObject | undefined;

  constructor(status: number, message: string, body?: JsonObject) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

/** Whether the object asked for does not exist (or the API server does not know its type). */
export function isMissing(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404;
}

/** Whether somebody else wrote first. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409;
}

/** Whether RBAC does not allow it. */
export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403;
}

/** The object at the path, or undefined where it does not exist. */
export async function getIfPresent(api: KubernetesApi, path: string): Promise<JsonObject | undefined> {
  try {
    return await api.get(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The value, if it is an object; else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The text at the given steps below `value`; undefined where there is none. */
export function textAt(value: unknown, ...keys: (string | number)[]): string | undefined {
  const found = valueAt(value, keys);
  return typeof found === "string" ? found : undefined;
}

/** The objects in the list at the given steps below `value`. */
export function objectsAt(value: unknown, ...keys: (string | number)[]): JsonObject[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The texts in the list at the given steps below `value`. */
export function textsAt(value: unknown, ...keys: (string | number)[]): string[] {
  const found = valueAt(value, keys);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === "string") : [];
}

/** An error in words, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
