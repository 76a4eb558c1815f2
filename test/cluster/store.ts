import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";

export interface StoredEvent {
  readonly version: number;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly collection: string;
  readonly object: JsonObject;
}

/** An error response of the API server. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}

/** Objects by the path of their collection, with one resource version that grows with every write, as in etcd. */
export class Store {
  readonly #objects = new Map<string, Map<string, JsonObject>>();
  readonly #events: StoredEvent[] = [];
  readonly #listeners = new Set<(event: StoredEvent) => void>();
  #version = 100;

  get version(): number {
    return this.#version;
  }

  list(collection: string): JsonObject[] {
    return [...(this.#objects.get(collection)?.values() ?? [])];
  }

  find(collection: string, name: string): JsonObject | undefined {
    return this.#objects.get(collection)?.get(name);
  }

  get(collection: string, name: string): JsonObject {
    const found = this.find(collection, name);
    if (found === undefined) throw new Refusal(404, "NotFound", `${collection} "${name}" not found`);
    return found;
  }

  create(collection: string, object: JsonObject): JsonObject {
    const name = String(valueAt(object, ["metadata", "name"]));
    if (this.find(collection, name) !== undefined)
      throw new Refusal(409, "AlreadyExists", `${collection} "${name}" already exists`);
    return this.#write("ADDED", collection, name, {
      ...object,
      metadata: { ...metadataOf(object), uid: `uid-${this.#version}`, generation: 1 },
    });
  }

  /** Replaces the object if it has no resource version, or the stored one. */
  replace(collection: string, name: string, object: JsonObject): JsonObject {
    const stored = this.get(collection, name);
    const asked = valueAt(object, ["metadata", "resourceVersion"]);
    if (asked !== undefined && asked !== valueAt(stored, ["metadata", "resourceVersion"])) {
      throw new Refusal(409, "Conflict", `Operation cannot be fulfilled on "${name}": the object has been modified`);
    }
    const { uid, generation } = metadataOf(stored);
    const changed = JSON.stringify(object.spec) !== JSON.stringify(stored.spec);
    const next = { uid, generation: Number(generation) + (changed ? 1 : 0) };
    return this.#write("MODIFIED", collection, name, { ...object, metadata: { ...metadataOf(object), ...next } });
  }

  remove(collection: string, name: string): JsonObject {
    const stored = this.get(collection, name);
    this.#objects.get(collection)?.delete(name);
    this.#emit("DELETED", collection, stored);
    return stored;
  }

  eventsSince(version: number, collection: string): StoredEvent[] {
    return this.#events.filter((event) => event.version > version && event.collection === collection);
  }

  onEvent(listener: (event: StoredEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(type: "ADDED" | "MODIFIED", collection: string, name: string, object: JsonObject): JsonObject {
    const written = { ...object, metadata: { ...metadataOf(object), resourceVersion: String(this.#version + 1) } };
    const objects = this.#objects.get(collection) ?? new Map<string, JsonObject>();
    objects.set(name, written);
    this.#objects.set(collection, objects);
    this.#emit(type, collection, written);
    return written;
  }

  #emit(type: StoredEvent["type"], collection: string, object: JsonObject): void {
    this.#version++;
    const event = { version: this.#version, type, collection, object };
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }
}

export function metadataOf(object: JsonObject): JsonObject {
  return isObject(object.metadata) ? object.metadata : {};
}

/**
 * A JSON merge patch (RFC 7386); with `keyed`, lists of objects are merged by `name`, as the strategic patch does for
 * webhooks.
 */
export function merged(target: unknown, patch: unknown, keyed: boolean): unknown {
  if (keyed && Array.isArray(target) && Array.isArray(patch)) return mergedByName(target, patch);
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merged(result[key], value, keyed);
  }
  return result;
}

function mergedByName(target: readonly unknown[], patch: readonly unknown[]): unknown[] {
  const nameOf = (item: unknown): unknown => valueAt(item, ["name"]);
  const isDeletion = (item: unknown): boolean => valueAt(item, ["$patch"]) === "delete";
  const kept = target.flatMap((item) => {
    const change = patch.find((candidate) => nameOf(candidate) === nameOf(item));
    if (isDeletion(change)) return [];
    return [change === undefined ? item : merged(item, change, true)];
  });
  const added = patch.filter(
    (item) => !isDeletion(item) && !target.some((existing) => nameOf(existing) === nameOf(item)),
  );
  return [...kept, ...added];
}
