import type { JsonObject } from "../../field/index.ts";
import type { Clock } from "../loop/index.ts";
import { ApiError, isForbidden, isMissing, type KubernetesApi, objectsAt, textAt } from "./kubernetes-api.ts";

/** Where and how something is target. */
export interface WatchTarget {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  /** Told about each failure, in case it lasts. */
  onError(error: unknown): void;
}

/** Milliseconds from one attempt to the next: doubled at each failure. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Between two watches that ended as they should. */
const SHORT_PAUSE = 50;

/**
 * Calls `onChange` whenever the one object called `name` in the collection at `path` may have changed, at the start
 * included. It says no more than that, so that whoever is told looks at the state, not at the way it came about.
 * @returns how to end it.
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
 * Calls `onItems` with all objects of the collection at `path`, by `namespace/name`, at the start and after each change;
 * the map goes on changing, so that nothing is copied for each of many changes. What was listed last stands while the
 * server is away; each new watch begins with a new list. Of each object only what `keep` says stays in memory.
 * @returns how to end it.
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

function keyOf(item: JsonObject): string {
  return `${textAt(item, "metadata", "namespace") ?? ""}/${textAt(item, "metadata", "name") ?? ""}`;
}

/**
 * Runs `once` over and over: at once where it ended well, after a pause where it failed. The pause grows with each
 * failure until something has worked, which `once` says.
 */
function repeat(target: WatchTarget, once: (signal: AbortSignal, worked: () => void) => Promise<void>): () => void {
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
        // What does not exist yet, or may not be read, is worth a look now and then, not a hunt.
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
