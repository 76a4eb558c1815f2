import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileErrorReason, SYSTEM_MESSAGES } from "../../field/index.ts";
import { type Credentials, notifyListeners, problemOfValidityPeriod, problemOfPair, type ServingPair } from "../../sources/index.ts";

/** What is told of each attempt to read the pair again; nothing is told where nothing has changed. */
export interface ReloadListener {
  readonly success: () => void;
  readonly error: (problem: string) => void;
}

export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

/** After the last sign of a change, in milliseconds: the two files are written one after the other. */
const SETTLE_TIME = 100;

/** How often the files are looked at even without a sign of a change; a link's target may change out of sight. */
const POLL_INTERVAL = 10_000;

/**
 * Certificate and key from two files, followed as they change: renamed over, written in place, or, as a Secret's
 * mount does it, by a symbolic link that is swapped. A pair that cannot be used leaves the old one in use.
 */
export class FileCredentials implements Credentials {
  readonly #paths: PairFiles;
  readonly #told: ReloadListener;
  readonly #listeners = new Set<(pair: ServingPair) => void>();
  readonly #watchers: readonly FSWatcher[];
  readonly #poll: NodeJS.Timeout;
  #settling: NodeJS.Timeout | undefined;
  #pair: ServingPair | undefined;
  #problem: string | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(paths: PairFiles, told: ReloadListener) {
    this.#paths = paths;
    this.#told = told;
    this.#watchers = [...new Set([dirname(paths.certificate), dirname(paths.key)])].flatMap((folder) =>
      this.#watch(folder),
    );
    this.#poll = setInterval(() => void this.reload(), POLL_INTERVAL).unref();
  }

  /** Reads the pair, and follows it from then on. A pair that cannot be used is told of and waited for. */
  static async open(paths: PairFiles, told: ReloadListener): Promise<FileCredentials> {
    const credentials = new FileCredentials(paths, told);
    await credentials.reload();
    return credentials;
  }

  current(): ServingPair | undefined {
    return this.#pair;
  }

  /** Why the files as they are cannot be used; undefined if they can. */
  problem(): string | undefined {
    return this.#problem;
  }

  subscribe(listener: (pair: ServingPair) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers) watcher.close();
    await this.#reading;
  }

  /** Looks at the files now, one look after the other. */
  reload(): Promise<void> {
    // Whatever goes wrong with one look, the next one is taken.
    this.#reading = this.#reading.then(() => this.#read()).catch(this.#failed);
    return this.#reading;
  }

  readonly #failed = (error: unknown): void => {
    this.#told.error(`the pair could not be taken over: ${error instanceof Error ? error.message : String(error)}`);
  };

  async #read(): Promise<void> {
    const found = await readPair(this.#paths);
    const problem = typeof found === "string" ? found : (problemOfPair(found) ?? this.#problemOfSwap(found));
    if (problem !== undefined || typeof found === "string") {
      // The same trouble again is no news.
      if (problem !== undefined && problem !== this.#problem) this.#told.error(problem);
      this.#problem = problem;
      return;
    }
    this.#problem = undefined;
    if (found.certificate === this.#pair?.certificate && found.key === this.#pair.key) return;
    const isFirst = this.#pair === undefined;
    this.#pair = found;
    if (!isFirst) this.#told.success();
    notifyListeners(this.#listeners, found, this.#failed);
  }

  /** One that is out of date takes nobody's place; where there is none, it is served, and the server is not ready. */
  #problemOfSwap(found: ServingPair): string | undefined {
    const isAnother = this.#pair !== undefined && this.#pair.certificate !== found.certificate;
    return isAnother ? problemOfValidityPeriod(found, new Date()) : undefined;
  }

  #watch(folder: string): FSWatcher[] {
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void this.reload(), SETTLE_TIME);
      });
      // A folder that goes away, or a system without watches: the poll goes on looking.
      watcher.on("error", () => undefined);
      return [watcher];
    } catch {
      return [];
    }
  }
}

async function readPair(paths: PairFiles): Promise<ServingPair | string> {
  try {
    const [certificate, key] = await Promise.all([readFile(paths.certificate, "utf8"), readFile(paths.key, "utf8")]);
    return { certificate, key };
  } catch (error) {
    return `certificate or key cannot be read: ${fileErrorReason(error, SYSTEM_MESSAGES)}`;
  }
}
