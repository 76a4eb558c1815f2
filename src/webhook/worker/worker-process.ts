import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AdmissionSettings } from "../../admission/index.ts";
import type { AdmissionRequest } from "../../admission/review/index.ts";
import { ClientQueues } from "../load/index.ts";
import type { Logger } from "../logging/index.ts";
import { recordOptionsOf } from "../metrics/index.ts";
import { workerHeapSize } from "./heap-size.ts";
import { type AnswerMessage, type FailureMessage, type MessageFromWorker, isMessageFromWorker, type ReviewKind } from "./messages.ts";

/** One review to judge, and how long that may take, waiting included. */
export interface ReviewTask {
  /** Who asks: the client that has taken the least time is next. */
  readonly client: string;
  readonly kind: ReviewKind;
  readonly body: Buffer;
  readonly milliseconds: number;
}

/** There is no answer in time: what is known of the request. */
export interface Unfinished {
  readonly type: "unfinished";
  readonly request?: AdmissionRequest;
}

export type WorkerResult = AnswerMessage | FailureMessage | Unfinished;

interface Job extends ReviewTask {
  readonly deadline: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (verdict: WorkerResult) => void;
  request?: AdmissionRequest;
  /** When it was sent to the process. */
  sentAt?: number;
}

/** What is otherwise built in, and follows from the memory that there is. */
export interface WorkerProcessOptions {
  /** The program's file. */
  readonly program?: string;
  /** How large its heap may become, in MiB. */
  readonly heap?: number;
}

/** How long, in milliseconds, a process without work is kept: starting one takes a large review's time. */
const IDLE_TIME = 60_000;
/** The part of its time after which a judgement ends by itself, so that its process need not be. */
const OWN_TIME = 0.9;

/**
 * Judges reviews in a process apart, one at a time, and holds each to its time: what is late, or takes more memory
 * than there is, ends that process and not the server. It is started for the first such review.
 */
export class WorkerProcess {
  readonly #settings: () => AdmissionSettings;
  readonly #log: Logger;
  readonly #program: string;
  readonly #heap: number;
  readonly #waiting = new ClientQueues<Job>();
  #current: Job | undefined;
  #process: ChildProcess | undefined;
  #sent: Pick<AdmissionSettings, "policies" | "cluster" | "version"> | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(settings: () => AdmissionSettings, log: Logger, { program, heap }: WorkerProcessOptions = {}) {
    this.#settings = settings;
    this.#log = log;
    this.#program = program ?? programFile();
    this.#heap = heap ?? workerHeapSize();
  }

  /** Always resolves within the task's time. */
  review(task: ReviewTask): Promise<WorkerResult> {
    return new Promise((resolve) => {
      const job: Job = {
        ...task,
        deadline: performance.now() + task.milliseconds,
        timer: setTimeout(() => {
          this.#giveUp(job);
        }, task.milliseconds),
        resolve: resolve,
      };
      this.#waiting.enqueue(job.client, job);
      this.#next();
    });
  }

  /** Ends the process, and with it what is being judged. */
  close(): void {
    for (let job = this.#waiting.dequeue(); job !== undefined; job = this.#waiting.dequeue())
      this.#finish(job, { type: "unfinished" });
    this.#end();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    clearTimeout(this.#idle);
    const job = this.#waiting.dequeue();
    if (job === undefined) {
      this.#idle = setTimeout(() => {
        this.#end();
      }, IDLE_TIME).unref();
      return;
    }
    this.#current = job;
    job.sentAt = performance.now();
    const settings = this.#settings();
    const judging = (this.#process ??= this.#start());
    this.#sendSettings(judging, settings);
    judging.send({
      type: "review",
      kind: job.kind,
      body: job.body,
      today: settings.today,
      milliseconds: (job.deadline - performance.now()) * OWN_TIME,
      wants: recordOptionsOf(this.#log),
    });
  }

  #sendSettings(judging: ChildProcess, settings: AdmissionSettings): void {
    const { policies, cluster, version, ipFamilyPolicy, validity, exempt } = settings;
    const sent = this.#sent;
    if (sent?.policies === policies && sent.cluster === cluster && sent.version === version) return;
    this.#sent = { policies, cluster, version };
    const told = { cluster, version, ipFamilyPolicy, validity, exempt };
    judging.send({ type: "settings", documents: policies.documents, settings: told });
  }

  #start(): ChildProcess {
    const judging = fork(this.#program, {
      serialization: "advanced",
      execArgv: [`--max-old-space-size=${this.#heap}`, "--max-semi-space-size=8", "--no-warnings", "--disable-sigusr1"],
      // What a runtime without memory writes on its last page is for nobody: its end is logged.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // The server's end is not to wait for it.
    judging.unref();
    judging.channel?.unref();
    judging.on("message", (message: unknown) => {
      if (judging === this.#process && isMessageFromWorker(message)) this.#hear(judging, message);
    });
    judging.once("exit", (code, signal) => {
      this.#lose(judging, { code, signal });
    });
    judging.on("error", (error) => {
      this.#lose(judging, { err: error });
    });
    return judging;
  }

  #hear(judging: ChildProcess, message: MessageFromWorker): void {
    const job = this.#current;
    if (job === undefined) return;
    if (message.type !== "request") {
      this.#finish(job, message);
      this.#next();
      return;
    }
    job.request = message.request;
    const labels = this.#settings().namespaceLabels?.(message.request.namespace);
    judging.send({ type: "labels", ...(labels === undefined ? {} : { labels }) });
  }

  /** The process has ended by itself, or cannot be spoken to. */
  #lose(judging: ChildProcess, why: Readonly<Record<string, unknown>>): void {
    if (judging !== this.#process) return;
    this.#end();
    const job = this.#current;
    if (job === undefined) return;
    this.#log.error({ ...why, bytes: job.body.length }, "the process that judges large reviews ended over one");
    this.#finish(job, unfinished(job));
    this.#next();
  }

  #giveUp(job: Job): void {
    if (job === this.#current) this.#end();
    this.#finish(job, unfinished(job));
    this.#next();
  }

  #finish(job: Job, verdict: WorkerResult): void {
    clearTimeout(job.timer);
    this.#waiting.remove(job.client, job);
    if (job === this.#current) this.#current = undefined;
    if (job.sentAt !== undefined) this.#waiting.recordTime(job.client, performance.now() - job.sentAt);
    job.resolve(verdict);
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    this.#sent = undefined;
  }
}

function unfinished({ request }: Job): Unfinished {
  return { type: "unfinished", ...(request === undefined ? {} : { request }) };
}

/** The process's program: beside this file in the sources, beside the bundle or above its chunks when built. */
function programFile(): string {
  const places = ["./program.ts", "./judge.js", "../judge.js"].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error("the program that judges large reviews is missing");
  return found;
}
