import { setImmediate } from "node:timers/promises";
import type { JsonObject } from "../../field/index.ts";
import { ApiError, objectsAt, textAt } from "./kubernetes-api.ts";
import { PAGE_TIMEOUT, queryOf } from "./query.ts";
import { keyOf, repeat, type WatchTarget } from "./watch.ts";

/** What is followed, and how it is read. */
export interface Followed {
  readonly path: string;
  /** Written before each object's `namespace/name`, so that keys of several collections stay apart. */
  readonly prefix: string;
  readonly labelSelector?: string | undefined;
  readonly metadataOnly?: boolean | undefined;
  /** How many objects an answer holds at most: parsing one blocks everything else. */
  readonly pageSize: number;
  /** Rests between the objects of a list, where something takes long with each of them; without, only a turn is left to others. */
  readonly slices?: { readonly next: () => Promise<void> } | undefined;
}

/** What is told of a followed collection. */
export interface Follower extends WatchTarget {
  /** Called for each object of a list, and each one that was added or has changed. @returns whether any of it was kept */
  take(key: string, object: JsonObject): boolean;
  /** Called when an object is gone of which something was kept. */
  drop(key: string): void;
  /** Called when a list is complete, the first one and each later one. */
  onListed(): void;
  /** Called at each sign of life: a page, an event, a bookmark. */
  onAlive(): void;
}

/** A collection that is being followed. */
export interface Following {
  /** The keys of the objects of which something was kept. */
  readonly keys: ReadonlySet<string>;
  /** Drops everything that was kept. */
  clear(): void;
  /** Ends it: nothing is told any more. */
  end(): void;
}

/** The longest time, in milliseconds, for which the objects of a list block everything else. */
const SLICE = 5;

/**
 * Follows a collection of any size: lists it page by page, then watches it from there. No object stays in memory, only
 * the keys of those of which something was kept. While the server is away nothing is dropped. A watch that ends goes on where
 * it was; only if the server no longer knows that version (410), the collection is listed again.
 */
export function followCollection(follower: Follower, followed: Followed): Following {
  const { path, prefix, labelSelector, metadataOnly = false } = followed;
  const keys = new Set<string>();
  let version: string | undefined;

  const take = (object: JsonObject): string => {
    const key = prefix + keyOf(object);
    if (follower.take(key, object)) keys.add(key);
    else drop(key);
    return key;
  };
  const drop = (key: string): void => {
    if (keys.delete(key)) follower.drop(key);
  };

  const end = repeat(follower, async (signal, worked) => {
    const list = async (): Promise<string> => {
      const seen = new Set<string>();
      let token = "";
      let listed = "";
      do {
        const query = queryOf({ labelSelector, limit: String(followed.pageSize), continue: token });
        const page = await follower.api.get(`${path}?${query}`, { metadataOnly, timeout: PAGE_TIMEOUT });
        let pause = performance.now() + SLICE;
        for (const item of objectsAt(page, "items")) {
          if (signal.aborted) return listed;
          seen.add(take(item));
          if (followed.slices !== undefined) {
            await followed.slices.next();
            continue;
          }
          if (performance.now() < pause) continue;
          await setImmediate();
          pause = performance.now() + SLICE;
        }
        if (signal.aborted) return listed;
        worked();
        follower.onAlive();
        listed = textAt(page, "metadata", "resourceVersion") ?? "";
        token = textAt(page, "metadata", "continue") ?? "";
      } while (token !== "");
      for (const key of keys) if (!seen.has(key)) drop(key);
      follower.onListed();
      return listed;
    };

    try {
      version ??= await list();
      if (signal.aborted) return;
      await follower.api.watch(
        `${path}?${queryOf({ labelSelector, resourceVersion: version })}`,
        ({ type, object }) => {
          if (signal.aborted) return;
          if (type === "ERROR")
            throw new ApiError(Number(object.code) || 0, textAt(object, "message") ?? "the watch broke off");
          if (type === "DELETED") drop(prefix + keyOf(object));
          else if (type === "ADDED" || type === "MODIFIED") take(object);
          version = textAt(object, "metadata", "resourceVersion") ?? version;
          worked();
          follower.onAlive();
        },
        signal,
        { metadataOnly },
      );
    } catch (error) {
      // Whatever the server has against going on from there, such as that it no longer knows that version (410). Where there was
      // no answer, it may still know it.
      if (error instanceof ApiError && error.status !== 0) version = undefined;
      throw error;
    }
  });
  const clear = (): void => {
    version = undefined;
    for (const key of keys) drop(key);
  };
  return { keys, clear, end };
}
