import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ContextSource } from "./context.ts";
import { unpacked } from "./crossing.ts";
import { type Examined, withGiven } from "./examined.ts";
import type { Input } from "./inputs.ts";
import { STANDARD_INPUT } from "./source.ts";

/** Files that a thread is given at a time: enough to make the message cheap, few enough to keep memory flat. */
const BATCH = 50;

/** What a thread answers for one file: undefined where it leaves the file to the main thread, to say what is wrong. */
export type FileAnswer = readonly Examined[] | undefined;

/** One input, and what a thread has found in it. */
export interface Answered {
  readonly input: Input;
  readonly examined: FileAnswer;
}

interface Batch {
  readonly inputs: readonly Input[];
  readonly answer: Promise<readonly FileAnswer[]>;
}

/** Threads that examine files. */
export class Pool {
  readonly #threads: readonly Thread[];
  #next = 0;

  constructor(size: number, source: ContextSource) {
    this.#threads = Array.from({ length: size }, () => new Thread(source));
  }

  /** Examines all inputs, a bounded number at a time; the answers come in the order of the inputs. */
  async *examineAll(inputs: AsyncGenerator<Input>): AsyncGenerator<Answered> {
    const waiting: Batch[] = [];
    for await (const batch of batched(inputs)) {
      waiting.push({ inputs: batch, answer: this.#send(batch) });
      // Each thread has one batch in work and one waiting; the rest stays unread.
      if (waiting.length >= this.#threads.length * 2) yield* answered(waiting.shift());
    }
    while (waiting.length > 0) yield* answered(waiting.shift());
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #send(batch: readonly Input[]): Promise<readonly FileAnswer[]> {
    const thread = this.#threads[this.#next++ % this.#threads.length];
    if (thread === undefined) return Promise.resolve(batch.map(() => undefined));
    const answer = thread.ask(batch.map((input) => (canBeSent(input) ? input.file : undefined)));
    // A thread that fails is heard of when its answer is due, not before.
    answer.catch(() => undefined);
    return answer;
  }
}

function canBeSent(input: Input): boolean {
  return input.type === "file" && input.file !== STANDARD_INPUT;
}

async function* answered(batch: Batch | undefined): AsyncGenerator<Answered> {
  const answers = (await batch?.answer) ?? [];
  for (const [index, input] of (batch?.inputs ?? []).entries()) yield { input, examined: answers[index] };
}

async function* batched(inputs: AsyncGenerator<Input>): AsyncGenerator<readonly Input[]> {
  let batch: Input[] = [];
  // A `for await` that is left would end the generator, which the caller goes on with.
  for (let next = await inputs.next(); next.done !== true; next = await inputs.next()) {
    batch.push(next.value);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

class Thread {
  readonly #worker: Worker;
  readonly #asked: { resolve: (answer: readonly FileAnswer[]) => void; reject: (error: Error) => void }[] = [];

  constructor(source: ContextSource) {
    this.#worker = new Worker(workerFile(), { workerData: source });
    this.#worker.on("message", (answer: readonly FileAnswer[]) => {
      this.#asked.shift()?.resolve(answer.map((file) => file?.map((event) => withGiven(event, unpacked))));
    });
    this.#worker.on("error", (error) => {
      for (const { reject } of this.#asked.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** The answers come in the order of the questions. */
  ask(files: readonly (string | undefined)[]): Promise<readonly FileAnswer[]> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(files);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** The thread's program: beside this file in the sources, beside the bundle or above its chunks when built. */
function workerFile(): URL {
  const places = ["./worker.ts", "./worker.js", "../worker.js"].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  if (found === undefined) throw new Error("the program of the worker threads is missing");
  return found;
}
