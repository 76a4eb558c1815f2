/**
 * Reviews that come in together go through each step together: all are read, then all are judged, then all are
 * answered, then all are logged. A step that has just run finds its code in the caches of the processor: under load
 * this saves more time than the judgement takes (`npm run bench -- webhook`), and a review that comes alone waits for nothing.
 *
 * A turn takes a bounded number of reviews and a bounded time, so that probes and new connections are seen to in
 * between. Where there are more, they queue by client: one that floods, or whose reviews take long, waits for itself.
 */

import { ClientQueues } from "./client-queues.ts";

/** Most reviews of a turn, and after how many milliseconds it starts no more. */
const [MOST, LONGEST] = [32, 5];
/** How much the newest measurement counts in an average: one long stop is no overload. */
const NEWEST = 0.1;

type Waiter = () => void;

/** Gives reviews their turn. */
export class ReviewBatches {
  /** The next turn, and how many are in it. */
  #next: Promise<void> | undefined;
  #first: Waiter | undefined;
  #taken = 0;
  /** Who waits for a later one. */
  readonly #later = new ClientQueues<Waiter>();
  #isDue = false;
  #asked = 0;
  #started = 0;
  /** Milliseconds that a review takes, and that lie between the end of one turn and the next, of late. */
  #cost = 0;
  #pause = 0;

  /** Waits until the event loop has read all that has come in, and it is this client's turn. */
  wait(client: string): Promise<void> {
    if (this.#later.size > 0 || this.#taken >= MOST) return this.#enqueue(client);
    this.#taken++;
    return (this.#next ??= new Promise((resolve) => {
      this.#begin(resolve);
    }));
  }

  /** Whether the turn has taken as long as it may, at this time: what is not judged by then waits for another. */
  isOver(now: number): boolean {
    return now - this.#started > LONGEST;
  }

  /** Waits for another turn, before the others of this client. */
  again(client: string): Promise<void> {
    return this.#enqueue(client, true);
  }

  /** A review of the client took so many milliseconds. */
  took(client: string, milliseconds: number): void {
    this.#later.took(client, milliseconds);
    this.#cost += (milliseconds - this.#cost) * NEWEST;
  }

  /** In how many milliseconds, as things stand, a review of the client would have its turn. */
  delayFor(client: string): number {
    if (this.#later.size === 0) return 0;
    const before = (this.#later.sizeOf(client) + 1) * this.#later.clients;
    return this.#pause * (1 + before / MOST) + before * this.#cost;
  }

  #enqueue(client: string, isFirst = false): Promise<void> {
    return new Promise((resolve) => {
      this.#later.add(client, resolve, isFirst);
      this.#begin();
    });
  }

  /** Has a turn begin once what has come in is read. */
  #begin(first?: Waiter): void {
    if (first !== undefined) this.#first = first;
    if (this.#isDue) return;
    this.#isDue = true;
    this.#asked = performance.now();
    setImmediate(() => {
      this.#run();
    });
  }

  #run(): void {
    this.#isDue = false;
    this.#started = performance.now();
    this.#pause += (this.#started - this.#asked - this.#pause) * NEWEST;
    const first = this.#first;
    let taken = this.#taken;
    this.#next = undefined;
    this.#first = undefined;
    this.#taken = 0;
    first?.();
    for (; this.#later.size > 0 && taken < MOST; taken++) this.#later.take()?.();
    if (this.#later.size > 0) this.#begin();
  }
}

/** Lets those go first who waited for the same turn and are still at the step before: promises are kept in order. */
export function endOfBatchStep(): Promise<void> {
  return Promise.resolve();
}
