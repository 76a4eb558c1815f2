import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { compileFilesInSlices, digestOf, type LoadedPolicies } from "./load.ts";
import { isBuiltInSet, type PolicyProblem } from "../policy/files/index.ts";
import { readSources } from "./sources.ts";

/** The outcome of a change: newly loaded policies, or the problems because of which the policies in use are kept. */
export type PolicyReload =
  | { readonly outcome: "loaded"; readonly loaded: LoadedPolicies }
  | { readonly outcome: "refused"; readonly problems: readonly PolicyProblem[] };

export interface WatchOptions {
  /**
   * The digest of the policies in use: only a different state is reported. If absent, the first state is reported too.
   */
  readonly digest?: string;
  /** The polling interval in milliseconds, for changes that the file system does not report. Default: 10 seconds. */
  readonly interval?: number;
}

/** The delay after a file system event, in milliseconds: an editor saves in several steps (write, rename, remove). */
const SETTLE_MS = 50;
const INTERVAL_MS = 10_000;

/**
 * Calls back whenever the policies of the sources change: a file is written in place or replaced, a file is added to or
 * removed from a directory, or the symbolic link of a mounted ConfigMap is swapped. Each state is reported once.
 */
export function watchPolicies(
  sources: readonly string[],
  onChange: (reload: PolicyReload) => void,
  { digest, interval = INTERVAL_MS }: WatchOptions = {},
): { close(): void } {
  const check = serially(async () => {
    const files = await readSources(sources);
    const newDigest = digestOf(files);
    if (isClosed || newDigest === digest) return;
    digest = newDigest;
    const loaded = await compileFilesInSlices(files);
    if (hasEnded()) return;
    onChange(
      loaded.problems.length === 0 ? { outcome: "loaded", loaded } : { outcome: "refused", problems: loaded.problems },
    );
  });
  let isClosed = false;
  const hasEnded = (): boolean => isClosed;
  let pending: NodeJS.Timeout | undefined;
  const checkSoon = (): void => {
    clearTimeout(pending);
    pending = setTimeout(check, SETTLE_MS);
  };
  const watchers = sources.filter((source) => !isBuiltInSet(source)).flatMap((source) => watchersOf(source, checkSoon));
  const timer = setInterval(check, interval).unref();
  check();
  return {
    close() {
      isClosed = true;
      clearInterval(timer);
      clearTimeout(pending);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Watches the source and its parent directory, as a file may be replaced by renaming another one over it. */
function watchersOf(source: string, onEvent: () => void): FSWatcher[] {
  return [source, dirname(source)].flatMap((path) => {
    try {
      const watcher = watch(path, { persistent: false }, onEvent);
      // The watcher fails when its directory is removed; polling continues.
      watcher.on("error", () => {
        watcher.close();
      });
      return [watcher];
    } catch {
      // The path does not exist, or the limit of watchers is reached; polling continues.
      return [];
    }
  });
}

/**
 * Returns a function that runs the task, never twice at the same time: calls during a run cause one further run after
 * it.
 */
function serially(task: () => Promise<void>): () => void {
  let isRunning = false;
  let requested = 0;
  const run = async (): Promise<void> => {
    isRunning = true;
    let completed: number;
    do {
      completed = requested;
      await task();
    } while (completed !== requested);
    isRunning = false;
  };
  return () => {
    requested++;
    if (!isRunning) void run();
  };
}
