import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AdmissionSettings } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import { sliceFor } from "../../inventory/store/index.ts";

import { ClientQueues } from "../load/index.ts";
import type { Logger } from "../logging/index.ts";
import type { RecordOptions } from "../metrics/index.ts";
import { workerHeapSize } from "./heap-size.ts";
import {
  type AnswerMessage,
  type FailureMessage,
  isMessageFromWorker,
  type MessageFromWorker,
  type MessageToWorker,
  type RequestMessage,
  type ReviewKind,
  type SurroundingsMessage,
} from "./messages.ts";

/** A review to judge. */
export interface ReviewTask {
  /** The client's address: the client that has used the least time is next. */
  readonly client: string;
  readonly kind: ReviewKind;
  readonly body: Buffer;
  /** How long it may take, including the wait, in milliseconds. */
  readonly milliseconds: number;
}

/** There was no answer in time. */
export interface Unfinished {
  readonly type: "unfinished";
  /** The request without its objects, if the worker has parsed it. */
  readonly request?: AdmissionRequest;
}

export type WorkerResult = AnswerMessage | FailureMessage | Unfinished;

interface Job extends ReviewTask {
  readonly deadline: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: WorkerResult) => void;
  request?: AdmissionRequest;
  /** When it was sent to the worker. */
  sentAt?: number;
}

/** What is logged about the process, and of its reviews. */
export interface WorkerLogging {
  readonly log: Logger;
  readonly recordOptions: RecordOptions;
}

/** Options that have defaults. */
export interface WorkerProcessOptions {
  /** The file of the worker program; default: the one of this package. */
  readonly program?: string;
  /** The maximum heap size of the worker, in MiB; default: derived from the available memory. */
  readonly heap?: number;
}

/** How long an idle worker is kept, in milliseconds: starting one takes as long as a large review. */
const IDLE_TIMEOUT = 60_000;
/** The share of the remaining time after which the worker stops by itself, so that it need not be killed. */
const WORKER_TIME_SHARE = 0.9;

/**
 * Judges reviews in a worker process, one at a time and within a time limit each: a review that takes too much time or
 * memory ends that process and not the server. The process is started for the first review.
 */
export class WorkerProcess {
  readonly #settings: () => AdmissionSettings;
  readonly #log: Logger;
  readonly #recordOptions: RecordOptions;
  readonly #program: string;
  readonly #heap: number;
  readonly #waiting = new ClientQueues<Job>();
  #current: Job | undefined;
  #process: ChildProcess | undefined;
  #sentSettings: Pick<AdmissionSettings, "policies" | "cluster" | "version"> | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(
    settings: () => AdmissionSettings,
    { log, recordOptions }: WorkerLogging,
    { program, heap }: WorkerProcessOptions = {},
  ) {
    this.#settings = settings;
    this.#log = log;
    this.#recordOptions = recordOptions;
    this.#program = program ?? programFile();
    this.#heap = heap ?? workerHeapSize();
  }

  /** Judges a review. The promise always resolves within the task's time. */
  review(task: ReviewTask): Promise<WorkerResult> {
    return new Promise((resolve) => {
      const job: Job = {
        ...task,
        deadline: performance.now() + task.milliseconds,
        timer: setTimeout(() => {
          this.#giveUp(job);
        }, task.milliseconds),
        resolve,
      };
      this.#waiting.enqueue(job.client, job);
      this.#startNext();
    });
  }

  /** Kills the process, and with it the review that is being judged. */
  close(): void {
    for (let job = this.#waiting.dequeue(); job !== undefined; job = this.#waiting.dequeue())
      this.#finish(job, { type: "unfinished" });
    this.#kill();
  }

  #startNext(): void {
    if (this.#current !== undefined) return;
    clearTimeout(this.#idleTimer);
    const job = this.#waiting.dequeue();
    if (job === undefined) {
      this.#idleTimer = setTimeout(() => {
        this.#kill();
      }, IDLE_TIMEOUT).unref();
      return;
    }
    this.#current = job;
    job.sentAt = performance.now();
    const settings = this.#settings();
    const worker = (this.#process ??= this.#start());
    this.#sendSettings(worker, settings);
    worker.send({
      type: "review",
      kind: job.kind,
      body: job.body,
      today: settings.today,
      milliseconds: (job.deadline - performance.now()) * WORKER_TIME_SHARE,
      recordOptions: this.#recordOptions,
    } satisfies MessageToWorker);
  }

  #sendSettings(worker: ChildProcess, settings: AdmissionSettings): void {
    const { policies, cluster, version, ipFamilyPolicy, validity, exempt } = settings;
    const sent = this.#sentSettings;
    if (sent?.policies === policies && sent.cluster === cluster && sent.version === version) return;
    this.#sentSettings = { policies, cluster, version };
    const changed = { cluster, version, ipFamilyPolicy, validity, exempt };
    worker.send({ type: "settings", documents: policies.documents, settings: changed } satisfies MessageToWorker);
  }

  #start(): ChildProcess {
    const worker = fork(this.#program, {
      serialization: "advanced",
      execArgv: [
        `--max-old-space-size=${this.#heap}`,
        "--max-semi-space-size=8",
        "--no-maglev",
        "--no-warnings",
        "--disable-sigusr1",
      ],
      // What Node prints when it runs out of memory is not needed: the exit is logged.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // The server must be able to exit while the worker runs.
    worker.unref();
    worker.channel?.unref();
    worker.on("message", (message: unknown) => {
      if (worker === this.#process && isMessageFromWorker(message)) this.#onMessage(worker, message);
    });
    worker.once("exit", (code, signal) => {
      this.#onExit(worker, { code, signal });
    });
    worker.on("error", (error) => {
      this.#onExit(worker, { err: error });
    });
    return worker;
  }

  #onMessage(worker: ChildProcess, message: MessageFromWorker): void {
    const job = this.#current;
    if (job === undefined) return;
    if (message.type !== "request") {
      this.#finish(job, message);
      this.#startNext();
      return;
    }
    job.request = message.request;
    worker.send(surroundingsOf(message, this.#settings()) satisfies MessageToWorker);
  }

  /** The worker has exited, or messages cannot be sent to it. */
  #onExit(worker: ChildProcess, details: Readonly<Record<string, unknown>>): void {
    if (worker !== this.#process) return;
    this.#kill();
    const job = this.#current;
    if (job === undefined) return;
    this.#log.error({ ...details, bytes: job.body.length }, "the process that judges large reviews ended over one");
    this.#finish(job, unfinished(job));
    this.#startNext();
  }

  #giveUp(job: Job): void {
    if (job === this.#current) this.#kill();
    this.#finish(job, unfinished(job));
    this.#startNext();
  }

  #finish(job: Job, result: WorkerResult): void {
    clearTimeout(job.timer);
    this.#waiting.remove(job.client, job);
    if (job === this.#current) this.#current = undefined;
    if (job.sentAt !== undefined) this.#waiting.recordTime(job.client, performance.now() - job.sentAt);
    job.resolve(result);
  }

  #kill(): void {
    clearTimeout(this.#idleTimer);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    this.#sentSettings = undefined;
  }
}

function surroundingsOf(
  { request, entries }: RequestMessage,
  { namespaceLabels, inventory }: AdmissionSettings,
): SurroundingsMessage {
  const labels = namespaceLabels?.(request.namespace);
  return {
    type: "surroundings",
    ...(labels !== undefined && { labels }),
    ...(entries !== undefined &&
      inventory !== undefined && {
        inventory: { slice: sliceFor(inventory.view, entries.service, entries.old), age: inventory.age },
      }),
  };
}

function unfinished({ request }: Job): Unfinished {
  return { type: "unfinished", ...(request === undefined ? {} : { request }) };
}

/** The worker program: next to this file in the sources; when built, next to the bundle. */
function programFile(): string {
  const candidates = ["program.ts", "review-worker.js"].map((name) => join(import.meta.dirname, name));
  const program = candidates.find((file) => existsSync(file));
  if (program === undefined) throw new Error("the program that judges large reviews is missing");
  return program;
}
