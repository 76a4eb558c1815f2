import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { STANDARD_INPUT } from "../../files/index.ts";
import { type ContextSource, type ExaminationResult, withConvertedManifest } from "../findings/index.ts";
import type { Input, InputFile } from "../inputs/index.ts";
import { fromPlainData } from "./thread-data.ts";

/** How many files are sent to a thread at a time: enough to make the message cheap, few enough to bound memory. */
const BATCH_SIZE = 50;

/** A thread's results for one file; undefined if it could not be read: the main thread then reports why. */
export type FileResults = readonly ExaminationResult[] | undefined;

/** One input with a thread's results for it. */
export interface ExaminedInput {
  readonly input: Input;
  readonly examined: FileResults;
}

interface Batch {
  readonly inputs: readonly Input[];
  readonly results: Promise<readonly FileResults[]>;
}

/** A pool of worker threads that examine files. */
export class WorkerPool {
  readonly #threads: readonly Thread[];
  #next = 0;

  constructor(size: number, source: ContextSource) {
    this.#threads = Array.from({ length: size }, () => new Thread(source));
  }

  /** Examines all inputs, a bounded number at a time, and yields the results in the order of the inputs. */
  async *examineAll(inputs: AsyncGenerator<Input>): AsyncGenerator<ExaminedInput> {
    const pending: Batch[] = [];
    for await (const batch of batched(inputs)) {
      pending.push({ inputs: batch, results: this.#send(batch) });
      // Each thread works on one batch and has another one queued; further inputs are not listed yet.
      if (pending.length >= this.#threads.length * 2) yield* resultsOf(pending.shift());
    }
    while (pending.length > 0) yield* resultsOf(pending.shift());
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #send(batch: readonly Input[]): Promise<readonly FileResults[]> {
    const thread = this.#threads[this.#next++ % this.#threads.length];
    if (thread === undefined) return Promise.resolve(batch.map(() => undefined));
    const results = thread.examine(batch.map(sentFile));
    // The failure of a thread is reported when the results of its batch are due, not earlier as an unhandled rejection.
    results.catch(() => undefined);
    return results;
  }
}

/** A file to examine, as it is sent to a thread. */
export type SentFile = Pick<InputFile, "file" | "isNamed">;

/** What is sent for an input; undefined for one that the main thread deals with. */
function sentFile(input: Input): SentFile | undefined {
  if (input.type !== "file" || input.file === STANDARD_INPUT) return undefined;
  return { file: input.file, isNamed: input.isNamed };
}

async function* resultsOf(batch: Batch | undefined): AsyncGenerator<ExaminedInput> {
  const results = (await batch?.results) ?? [];
  for (const [index, input] of (batch?.inputs ?? []).entries()) yield { input, examined: results[index] };
}

async function* batched(inputs: AsyncGenerator<Input>): AsyncGenerator<readonly Input[]> {
  let batch: Input[] = [];
  // Leaving a `for await` loop would close the generator, which the caller continues to use.
  for (let next = await inputs.next(); next.done !== true; next = await inputs.next()) {
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
