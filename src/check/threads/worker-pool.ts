import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { STANDARD_INPUT } from "../../files/index.ts";
import type { ContextSource } from "../context/index.ts";
import { withConvertedManifest } from "./converted-manifest.ts";
import type { Input } from "../inputs/index.ts";
import type { FileResults, SentFile } from "./examine-file.ts";
import { fromPlainData } from "./thread-data.ts";

/** How many files are examined at a time: enough to make the message cheap, few enough to bound memory. */
const BATCH_SIZE = 50;
/** How many batches a thread has: one that it works on, and one that waits for it. */
const BATCHES_OF_THREAD = 2;
/** How many batches this thread may be ahead of the others: their results wait. */
const BATCHES_AHEAD = 2;

/** One input with the results for it. */
export interface ExaminedInput {
  readonly input: Input;
  readonly examined: FileResults;
}

/**
 * A pool of worker threads that examine files. The thread that owns it is one of the pool: it examines what the others have
 * no time for, because each thread needs half a second to become fast.
 */
export class WorkerPool {
  readonly #threads: readonly Thread[];
  readonly #examineHere: (file: SentFile) => FileResults;
  readonly #needsSets: boolean;

  /** @param examineHere examines a file in this thread */
  constructor(size: number, source: ContextSource, examineHere: (file: SentFile) => FileResults) {
    this.#threads = Array.from({ length: size }, () => new Thread(source));
    this.#examineHere = examineHere;
    this.#needsSets = source.objects !== undefined;
  }

  /** Examines all inputs, a bounded number at a time, and yields the results in the order of the inputs. */
  async *examineAll(inputs: IterableIterator<Input>): AsyncGenerator<ExaminedInput> {
    const pending: Batch[] = [];
    const mostPending = this.#threads.length * BATCHES_OF_THREAD + BATCHES_AHEAD;
    for (const batch of batched(inputs)) {
      pending.push(this.#examine(batch));
      // Meanwhile, the answers of the threads arrive.
      await setImmediate();
      while (pending[0]?.isDone === true || pending.length >= mostPending) yield* resultsOf(pending.shift());
    }
    while (pending.length > 0) yield* resultsOf(pending.shift());
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #examine(inputs: readonly Input[]): Batch {
    const files = inputs.map((input) => sentFile(input, this.#needsSets));
    const thread = this.#threads.find(({ waiting }) => waiting < BATCHES_OF_THREAD);
    if (thread !== undefined) return new Batch(inputs, thread.examine(files));
    return new Batch(inputs, Promise.resolve(files.map((file) => file && this.#examineHere(file))));
  }
}

/** Paths of pipes, which can be read only once and may have been. */
const PIPE = /^\/(?:dev|proc)\//;

/** What is sent for an input; undefined for one that cannot be sent. */
function sentFile(input: Input, needsSets: boolean): SentFile | undefined {
  if (input.type !== "file" || input.file === STANDARD_INPUT || PIPE.test(input.file)) return undefined;
  const { file, isNamed, sets } = input;
  return { file, isNamed, ...(needsSets && { sets }) };
}

/** Inputs that are examined together. */
class Batch {
  readonly inputs: readonly Input[];
  readonly results: Promise<readonly FileResults[]>;
  isDone = false;

  constructor(inputs: readonly Input[], results: Promise<readonly FileResults[]>) {
    this.inputs = inputs;
    this.results = results;
    const done = (): void => {
      this.isDone = true;
    };
    // The failure of a thread is reported when the results of its batch are due, not earlier as an unhandled rejection.
    results.then(done, done);
  }
}

async function* resultsOf(batch: Batch | undefined): AsyncGenerator<ExaminedInput> {
  const results = (await batch?.results) ?? [];
  for (const [index, input] of (batch?.inputs ?? []).entries()) yield { input, examined: results[index] };
}

function* batched(inputs: IterableIterator<Input>): Generator<readonly Input[]> {
  let batch: Input[] = [];
  // Leaving a `for await` loop would close the generator, which the caller continues to use.
  for (let next = inputs.next(); next.done !== true; next = inputs.next()) {
    batch.push(next.value);
    if (batch.length < BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

class Thread {
  readonly #worker: Worker;
  #failure: Error | undefined;
  readonly #requests: { resolve: (results: readonly FileResults[]) => void; reject: (error: Error) => void }[] = [];

  constructor(source: ContextSource) {
    this.#worker = new Worker(workerFile(), { workerData: source });
    this.#worker.on("message", (results: readonly FileResults[]) => {
      this.#requests
        .shift()
        ?.resolve(results.map((file) => file?.map((result) => withConvertedManifest(result, fromPlainData))));
    });
    this.#worker.on("error", (error) => {
      this.#fail(error);
    });
    this.#worker.on("messageerror", (error) => {
      this.#fail(error);
    });
  }

  /** How many requests wait for an answer. */
  get waiting(): number {
    return this.#requests.length;
  }

  /** Rejects what waits for an answer, and what is asked from now on: a thread that has failed answers nothing. */
  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#requests.splice(0)) reject(this.#failure);
  }

  /** Sends files to the thread. Results arrive in the order of the requests. */
  examine(files: readonly (SentFile | undefined)[]): Promise<readonly FileResults[]> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#requests.push({ resolve, reject });
      this.#worker.postMessage(files);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/**
 * The program of the threads: beside this file in the source tree, beside the bundle when built.
 */
function workerFile(): string {
  const candidates = ["worker.ts", "worker.js"].map((name) => join(import.meta.dirname, name));
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new Error("the program of the worker threads is missing");
  return found;
}
