/**
 * Reviews that arrive together go through each step together: all are parsed, then all are judged, then all are answered,
 * then all are logged. A step that has just run finds its code in the processor's caches: under load this saves more
 * time than the judgement takes (`npm run bench -- webhook`). A review that arrives alone waits for nothing.
 *
 * A batch is limited in size and time, so that probes and new connections are handled in between. Further reviews queue
 * by client: a client that floods the server, or whose reviews take long, delays only itself.
 */

import { ClientQueues } from "./client-queues.ts";

/** The maximum number of reviews in a batch. */
const MAX_SIZE = 32;
/** How long a batch may start reviews, in milliseconds. */
const MAX_DURATION = 5;
/** The weight of the newest measurement in a moving average: low, so that a single long pause is not an overload. */
const NEWEST_WEIGHT = 0.1;

type Waiter = () => void;

/** Forms batches of reviews. */
export class ReviewBatches {
  /** Resolves when the next batch starts; undefined as long as no review has joined it. */
  #nextBatch: Promise<void> | undefined;
  #startNextBatch: Waiter | undefined;
  /** The number of reviews that have joined the next batch. */
  #joined = 0;
  /** The reviews that wait for a later batch. */
  readonly #queues = new ClientQueues<Waiter>();
  #isScheduled = false;
  #scheduledAt = 0;
  #startedAt = 0;
  /** Moving average of the time that a review takes, in milliseconds. */
  #cost = 0;
  /** Moving average of the time from scheduling a batch to its start, in milliseconds. */
  #pause = 0;

  /** Resolves when a batch with this review starts: at the earliest, when the event loop has read all pending input. */
  wait(client: string): Promise<void> {
    if (this.#queues.size > 0 || this.#joined >= MAX_SIZE) return this.#enqueue(client);
    this.#joined++;
    return (this.#nextBatch ??= new Promise((resolve) => {
      this.#startNextBatch = resolve;
      this.#schedule();
    }));
  }

  /** Whether the current batch has used up its time: the rest of its reviews must wait for another batch. */
  isTimeUp(now: number): boolean {
    return now - this.#startedAt > MAX_DURATION;
  }

  /** Waits for another batch, ahead of the client's other reviews. */
  waitAgain(client: string): Promise<void> {
    return this.#enqueue(client, true);
  }

  /** Records how long a review of the client took, in milliseconds. */
  recordTime(client: string, milliseconds: number): void {
    this.#queues.recordTime(client, milliseconds);
    this.#cost += (milliseconds - this.#cost) * NEWEST_WEIGHT;
  }

  /** Estimates how long a new review of the client would wait for its batch, in milliseconds. */
  expectedWait(client: string): number {
    if (this.#queues.size === 0) return 0;
    const before = (this.#queues.sizeOf(client) + 1) * this.#queues.clients;
    return this.#pause * (1 + before / MAX_SIZE) + before * this.#cost;
  }

  #enqueue(client: string, isFirst = false): Promise<void> {
    return new Promise((resolve) => {
      this.#queues.enqueue(client, resolve, isFirst);
      this.#schedule();
    });
  }

  /** Schedules a batch for when the event loop has read all pending input. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#scheduledAt = performance.now();
    setImmediate(() => {
      this.#run();
    });
  }

  #run(): void {
    this.#isScheduled = false;
    this.#startedAt = performance.now();
    this.#pause += (this.#startedAt - this.#scheduledAt - this.#pause) * NEWEST_WEIGHT;
    const start = this.#startNextBatch;
    let size = this.#joined;
    this.#nextBatch = undefined;
    this.#startNextBatch = undefined;
    this.#joined = 0;
    start?.();
    for (; this.#queues.size > 0 && size < MAX_SIZE; size++) this.#queues.dequeue()?.();
    if (this.#queues.size > 0) this.#schedule();
  }
}

/**
 * Lets the other reviews of the batch finish the current step: promises resolve in order, so awaiting a resolved one
 * continues after all reviews that are already waiting.
 */
export function nextBatchStep(): Promise<void> {
  return Promise.resolve();
}
