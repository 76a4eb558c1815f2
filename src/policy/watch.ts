import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { digestOf, loadFiles, type LoadedPolicies, type PolicyProblem } from "./load.ts";
import { isReadyMade, readSources } from "./sources.ts";

/** What became of a change: policies to judge by from now on, or what is wrong (those in use stay in use). */
export type PolicyReload =
  | { readonly outcome: "loaded"; readonly loaded: LoadedPolicies }
  | { readonly outcome: "refused"; readonly problems: readonly PolicyProblem[] };

export interface WatchOptions {
  /** The digest of what is in use: only what differs is reported. Without it the first look is reported, too. */
  readonly digest?: string;
  /** How often to look where the file system reports nothing, in milliseconds. */
  readonly interval?: number;
}

/** How long to wait for the rest of a change: an editor writes, renames and removes. */
const SETTLE_MS = 50;
const INTERVAL_MS = 10_000;

/**
 * Calls back whenever the policies of the sources change: a file written in place or replaced, one more or one less in
 * a directory, the symbolic link of a mounted ConfigMap swapped. The same state is reported once.
 */
export function watchPolicies(
  sources: readonly string[],
  onChange: (reload: PolicyReload) => void,
  { digest, interval = INTERVAL_MS }: WatchOptions = {},
): { close(): void } {
  const look = serially(async () => {
    const files = await readSources(sources);
    const now = digestOf(files);
    if (closed || now === digest) return;
    digest = now;
    const loaded = loadFiles(files);
    onChange(
      loaded.problems.length === 0 ? { outcome: "loaded", loaded } : { outcome: "refused", problems: loaded.problems },
    );
  });
  let closed = false;
  let settling: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS);
  };
  const watchers = sources.filter((source) => !isReadyMade(source)).flatMap((source) => watchersOf(source, soon));
  const timer = setInterval(look, interval).unref();
  look();
  return {
    close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Watches the source, and the folder around it, where a file is replaced by renaming another. */
function watchersOf(source: string, onEvent: () => void): FSWatcher[] {
  return [source, dirname(source)].flatMap((path) => {
    try {
      const watcher = watch(path, { persistent: false }, onEvent);
      // A watched folder that goes away ends its watcher: the timer still looks.
      watcher.on("error", () => {
        watcher.close();
      });
      return [watcher];
    } catch {
      // Not there, or no watchers left: the timer still looks.
      return [];
    }
  });
}

/** A function that runs the task, once more after the running one if called meanwhile, never two at a time. */
function serially(task: () => Promise<void>): () => void {
  let running = false;
  let wanted = 0;
  const run = async (): Promise<void> => {
    running = true;
    let done: number;
    do {
      done = wanted;
      await task();
    } while (done !== wanted);
    running = false;
  };
  return () => {
    wanted++;
    if (!running) void run();
  };
}
