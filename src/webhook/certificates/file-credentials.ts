import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileErrorReason, SYSTEM_MESSAGES } from "../../field/index.ts";
import {
  type Credentials,
  notifyListeners,
  problemOfPair,
  problemOfValidityPeriod,
  type ServingPair,
} from "../../sources/index.ts";

/** Is called when the files have changed and were read again. */
export interface ReloadListener {
  /** A new pair has replaced the previous one. */
  readonly success: () => void;
  /** The pair cannot be used; also called for the first read. The same problem is reported once. */
  readonly error: (problem: string) => void;
}

export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

/** How long to wait after the last change event, in milliseconds: the two files are written one after the other. */
const SETTLE_TIME = 100;

/** How often the files are read without a change event, in milliseconds: changes of a link's target cause no event. */
const POLL_INTERVAL = 10_000;

/**
 * Certificate and key from two files that are watched for changes: replaced by a rename, written in place, or, as in a
 * mounted Secret, by a symbolic link that changes. If a new pair cannot be used, the old one stays in use.
 */
export class FileCredentials implements Credentials {
  readonly #paths: PairFiles;
  readonly #reloadListener: ReloadListener;
  readonly #listeners = new Set<(pair: ServingPair) => void>();
  readonly #watchers: readonly FSWatcher[];
  readonly #pollTimer: NodeJS.Timeout;
  #settleTimer: NodeJS.Timeout | undefined;
  #pair: ServingPair | undefined;
  #problem: string | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(paths: PairFiles, reloadListener: ReloadListener) {
    this.#paths = paths;
    this.#reloadListener = reloadListener;
    this.#watchers = [...new Set([dirname(paths.certificate), dirname(paths.key)])].flatMap((folder) =>
      this.#watch(folder),
    );
    this.#pollTimer = setInterval(() => void this.reload(), POLL_INTERVAL).unref();
  }

  /** Reads the pair and starts to watch it. A pair that cannot be used is reported; `current()` is then undefined. */
  static async open(paths: PairFiles, reloadListener: ReloadListener): Promise<FileCredentials> {
    const credentials = new FileCredentials(paths, reloadListener);
    await credentials.reload();
    return credentials;
  }

  current(): ServingPair | undefined {
    return this.#pair;
  }

  /** Why the current files cannot be used; undefined if they can. */
  problem(): string | undefined {
    return this.#problem;
  }

  subscribe(listener: (pair: ServingPair) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#pollTimer);
    clearTimeout(this.#settleTimer);
    for (const watcher of this.#watchers) watcher.close();
    await this.#reading;
  }

  /** Reads the files now; concurrent calls are queued. */
  reload(): Promise<void> {
    // A failed read must not prevent the next one.
    this.#reading = this.#reading.then(() => this.#read()).catch(this.#reportFailure);
    return this.#reading;
  }

  readonly #reportFailure = (error: unknown): void => {
    this.#reloadListener.error(
      `the pair could not be taken over: ${error instanceof Error ? error.message : String(error)}`,
    );
  };

  async #read(): Promise<void> {
    const pair = await readPair(this.#paths);
    const problem = typeof pair === "string" ? pair : (problemOfPair(pair) ?? this.#problemOfReplacement(pair));
    if (problem !== undefined || typeof pair === "string") {
      if (problem !== undefined && problem !== this.#problem) this.#reloadListener.error(problem);
      this.#problem = problem;
      return;
    }
    this.#problem = undefined;
    if (pair.certificate === this.#pair?.certificate && pair.key === this.#pair.key) return;
    const isFirst = this.#pair === undefined;
    this.#pair = pair;
    if (!isFirst) this.#reloadListener.success();
    notifyListeners(this.#listeners, pair, this.#reportFailure);
  }

  /** A certificate that is expired or not yet valid replaces no other one. As the first one it is served, but the server is not ready. */
  #problemOfReplacement(pair: ServingPair): string | undefined {
    const isReplacement = this.#pair !== undefined && this.#pair.certificate !== pair.certificate;
    return isReplacement ? problemOfValidityPeriod(pair, new Date()) : undefined;
  }

  #watch(folder: string): FSWatcher[] {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        clearTimeout(this.#settleTimer);
        this.#settleTimer = setTimeout(() => void this.reload(), SETTLE_TIME);
      });
      // If the folder is removed or cannot be watched, polling continues.
      watcher.on("error", () => undefined);
      return [watcher];
    } catch {
      return [];
    }
  }
}

/** Reads the pair. @returns the problem, as text, if a file cannot be read */
async function readPair(paths: PairFiles): Promise<ServingPair | string> {
  try {
    const [certificate, key] = await Promise.all([readFile(paths.certificate, "utf8"), readFile(paths.key, "utf8")]);
    return { certificate, key };
  } catch (error) {
    return `certificate or key cannot be read: ${fileErrorReason(error, SYSTEM_MESSAGES)}`;
  }
}
