/** The maximum number of clients without waiting items whose used time is remembered. */
const MAX_REMEMBERED = 1000;

/**
 * Queues of waiting items, one for each client address. The next item is that of the client that has used the least time:
 * a client that floods the server, or whose items take long, delays only itself.
 */
export class ClientQueues<T> {
  /** Of clients that have used the same time, the first in the map is next. */
  readonly #queues = new Map<string, T[]>();
  /** The time that each client has used, in milliseconds. New clients start with `#leastUsed`. */
  readonly #usedTime = new Map<string, number>();
  /** The used time of the client whose item was taken last. */
  #leastUsed = 0;
  #size = 0;

  /** The number of waiting items. */
  get size(): number {
    return this.#size;
  }

  /** The number of clients with waiting items. */
  get clients(): number {
    return this.#queues.size;
  }

  /** The number of waiting items of a client. */
  sizeOf(client: string): number {
    return this.#queues.get(client)?.length ?? 0;
  }

  /** Adds an item to the end of its client's queue, or to the start if `isFirst`. */
  enqueue(client: string, item: T, isFirst = false): void {
    const queue = this.#queues.get(client);
    if (queue === undefined) {
      this.#queues.set(client, [item]);
      // A client that was idle for a while has no credit for that.
      this.#remember(client, Math.max(this.#usedTime.get(client) ?? 0, this.#leastUsed));
    } else if (isFirst) queue.unshift(item);
    else queue.push(item);
    this.#size++;
  }

  /** Removes and returns the first item of the client that has used the least time; undefined if nothing waits. */
  dequeue(): T | undefined {
    let next: string | undefined;
    let least = Infinity;
    for (const client of this.#queues.keys()) {
      const used = this.#usedTime.get(client) ?? this.#leastUsed;
      if (used < least) [next, least] = [client, used];
    }
    const queue = next === undefined ? undefined : this.#queues.get(next);
    if (next === undefined || queue === undefined) return undefined;
    const item = queue.shift();
    this.#queues.delete(next);
    if (queue.length > 0) this.#queues.set(next, queue);
    this.#leastUsed = least;
    this.#size--;
    return item;
  }

  /** Adds to the time that a client has used, in milliseconds. */
  recordTime(client: string, milliseconds: number): void {
    if (this.#size === 0) this.#usedTime.clear();
    else this.#remember(client, (this.#usedTime.get(client) ?? this.#leastUsed) + milliseconds);
  }

  /** Removes an item if it still waits. */
  remove(client: string, item: T): void {
    const queue = this.#queues.get(client);
    const index = queue?.indexOf(item) ?? -1;
    if (queue === undefined || index === -1) return;
    queue.splice(index, 1);
    if (queue.length === 0) this.#queues.delete(client);
    this.#size--;
  }

  #remember(client: string, usedTime: number): void {
    this.#usedTime.set(client, usedTime);
    if (this.#usedTime.size <= MAX_REMEMBERED + this.#queues.size) return;
    for (const other of this.#usedTime.keys()) if (!this.#queues.has(other)) this.#usedTime.delete(other);
  }
}
