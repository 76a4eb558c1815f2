/**
 * Reviews that come in together go through each step together: all are read, then all are judged, then all are
 * answered, then all are logged. A step that has just run finds its code in the caches of the processor: under load
 * this saves more time than the judgement takes (`npm run bench -- webhook`), and a review that comes alone waits for nothing.
 *
 * A turn takes a bounded number of reviews and a bounded time, so that probes and new connections are seen to in
 * between; where there are more, clients take turns too, so that one that floods waits for itself.
 */

/** Most reviews of a turn, and after how many milliseconds it starts no more. */
const [MOST, LONGEST] = [32, 10];
/** How much the newest measurement counts in an average: one long stop is no overload. */
const NEWEST = 0.1;

type Waiter = () => void;

/** Gives reviews their turn. */
export class Turns {
  /** Who waits, by client; the client whose turn it is next comes first. */
  readonly #waiting = new Map<string, Waiter[]>();
  #scheduled = false;
  #asked = 0;
  #started = 0;
  /** Milliseconds that a review takes, and that lay between the end of one turn and the next, of late. */
  #cost = 0;
  #pause = 0;

  /** Waits until the event loop has read all that has come in, and it is this client's turn. */
  wait(client: string): Promise<void> {
    return this.#enqueue(client, (waiters, waiter) => waiters.push(waiter));
  }

  /** Whether the turn has taken as long as it may: what is not judged yet waits for the next, before all others. */
  get isOver(): boolean {
    return performance.now() - this.#started > LONGEST;
  }

  /** Waits for the next turn, before the others of this client. */
  again(client: string): Promise<void> {
    return this.#enqueue(client, (waiters, waiter) => waiters.unshift(waiter));
  }

  /** A review took so many milliseconds. */
  took(milliseconds: number): void {
    this.#cost += (milliseconds - this.#cost) * NEWEST;
  }

  /** In how many milliseconds a review of the client would have its turn, as things stand. */
  delayFor(client: string): number {
    const own = this.#waiting.get(client)?.length ?? 0;
    if (own === 0) return 0;
    const before = own * this.#waiting.size;
    return this.#pause * (1 + before / MOST) + before * this.#cost;
  }

  #enqueue(client: string, put: (waiters: Waiter[], waiter: Waiter) => void): Promise<void> {
    return new Promise((resolve) => {
      const waiters = this.#waiting.get(client);
      if (waiters === undefined) this.#waiting.set(client, [resolve]);
      else put(waiters, resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#asked = performance.now();
    setImmediate(() => {
      this.#run();
    });
  }

  #run(): void {
    this.#scheduled = false;
    this.#started = performance.now();
    this.#pause += (this.#started - this.#asked - this.#pause) * NEWEST;
    let taken = 0;
    while (taken < MOST && this.#waiting.size > 0) {
      for (const [client, waiters] of this.#waiting) {
        waiters.shift()?.();
        this.#waiting.delete(client);
        // Behind the other clients, if more of its reviews wait.
        if (waiters.length > 0) this.#waiting.set(client, waiters);
        if (++taken >= MOST) break;
      }
    }
    if (this.#waiting.size > 0) this.#schedule();
  }
}

/** Lets those go first who waited for the same turn and are still at the step before: promises are kept in order. */
export function othersOfThisTurn(): Promise<void> {
  return Promise.resolve();
}
