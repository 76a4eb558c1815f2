import type { JsonObject } from "../../field/index.ts";
import type { Clock } from "../loop/index.ts";
import { ApiError, isForbidden, isMissing, type KubernetesApi, objectsAt, textAt } from "./kubernetes-api.ts";

/** What a watch needs. */
export interface WatchTarget {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  /** Called at each failure; the watch is retried. */
  onError(error: unknown): void;
}

/** Milliseconds between attempts: doubled at each failure, up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Milliseconds between two watches if the first ended without a failure. */
const SHORT_PAUSE = 50;

/**
 * Calls `onChange` whenever the object called `name` in the collection at `path` may have changed, and at the start.
 * The object itself is not passed: the listener reads the current state.
 * @returns a function that ends the watch.
 */
export function notifyOnChange(target: WatchTarget, path: string, name: string, onChange: () => void): () => void {
  const watched = `${path}?fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  return repeat(target, async (signal, worked) => {
    await target.api.watch(
      watched,
      ({ type }) => {
        if (type !== "ERROR") worked();
        if (type !== "BOOKMARK") onChange();
      },
      signal,
    );
  });
}

/**
 * Calls `onItems` with all objects of the collection at `path`, by `namespace/name`, at the start and after each
 * change. It is always the same map, updated in place, so that frequent changes copy nothing. While the server is away
 * the last list stays; each new watch begins with a new list. Only what `keep` returns of an object stays in memory.
 * @returns a function that ends the watch.
 */
export function watchCollection(
  target: WatchTarget,
  path: string,
  keep: (item: JsonObject) => JsonObject,
  onItems: (items: ReadonlyMap<string, JsonObject>) => void,
): () => void {
  return repeat(target, async (signal, worked) => {
    const list = await target.api.get(path);
    const items = new Map(objectsAt(list, "items").map((item) => [keyOf(item), keep(item)]));
    worked();
    onItems(items);
    const version = textAt(list, "metadata", "resourceVersion") ?? "";
    await target.api.watch(
      `${path}?resourceVersion=${encodeURIComponent(version)}`,
      ({ type, object }) => {
        if (type === "ERROR")
          throw new ApiError(Number(object.code) || 0, textAt(object, "message") ?? "the watch broke off");
        if (type === "DELETED") items.delete(keyOf(object));
        else if (type === "ADDED" || type === "MODIFIED") items.set(keyOf(object), keep(object));
        worked();
        if (type !== "BOOKMARK") onItems(items);
      },
      signal,
    );
  });
}

/** An object's `namespace/name`. */
export function keyOf(item: JsonObject): string {
  return `${textAt(item, "metadata", "namespace") ?? ""}/${textAt(item, "metadata", "name") ?? ""}`;
}

/**
 * Runs `once` repeatedly: at once after a success, after a pause after a failure. The pause grows with each failure
 * until `once` calls `worked`.
 * @returns a function that ends it
 */
export function repeat(
  target: WatchTarget,
  once: (signal: AbortSignal, worked: () => void) => Promise<void>,
): () => void {
  const ending = new AbortController();
  let pause = FIRST_PAUSE;
  let cancel: (() => void) | undefined;
  const worked = (): void => {
    pause = FIRST_PAUSE;
  };
  const run = (): void => {
    once(ending.signal, worked).then(
      () => {
        worked();
        next(SHORT_PAUSE);
      },
      (error: unknown) => {
        if (ending.signal.aborted) return;
        target.onError(error);
        // A missing or forbidden collection is retried at the longest pause.
        next(isMissing(error) || isForbidden(error) ? LONGEST_PAUSE : pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      },
    );
  };
  const next = (milliseconds: number): void => {
    if (!ending.signal.aborted) cancel = target.clock.after(milliseconds, run);
  };
  run();
  return () => {
    ending.abort();
    cancel?.();
  };
}
