/** For how many clients it is remembered at most what they took. */
const REMEMBERED = 1000;

/**
 * What waits, by the address of the client that asked. Next is the client that has taken the least time: one that floods,
 * or asks what takes long, waits for itself.
 */
export class ClientQueues<T> {
  /** Of clients that took the same, the first is served next. */
  readonly #queues = new Map<string, T[]>();
  /** Milliseconds that each took, by a clock that stands at `#least` for whoever comes anew. */
  readonly #taken = new Map<string, number>();
  #least = 0;
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** How many clients have something that waits. */
  get clients(): number {
    return this.#queues.size;
  }

  /** How many wait of one client. */
  sizeOf(client: string): number {
    return this.#queues.get(client)?.length ?? 0;
  }

  /** Adds one behind the others of its client, or before them. */
  add(client: string, item: T, isFirst = false): void {
    const queue = this.#queues.get(client);
    if (queue === undefined) {
      this.#queues.set(client, [item]);
      // Who did not ask for a while has saved nothing up.
      this.#remember(client, Math.max(this.#taken.get(client) ?? 0, this.#least));
    } else if (isFirst) queue.unshift(item);
    else queue.push(item);
    this.#size++;
  }

  /** Takes the next: the first of the client that has taken the least time. */
  take(): T | undefined {
    let next: string | undefined;
    let least = Infinity;
    for (const client of this.#queues.keys()) {
      const taken = this.#taken.get(client) ?? this.#least;
      if (taken < least) [next, least] = [client, taken];
    }
    const queue = next === undefined ? undefined : this.#queues.get(next);
    if (next === undefined || queue === undefined) return undefined;
    const item = queue.shift();
    this.#queues.delete(next);
    if (queue.length > 0) this.#queues.set(next, queue);
    this.#least = least;
    this.#size--;
    return item;
  }

  /** What was taken for a client took so many milliseconds. */
  took(client: string, milliseconds: number): void {
    if (this.#size === 0) this.#taken.clear();
    else this.#remember(client, (this.#taken.get(client) ?? this.#least) + milliseconds);
  }

  /** Takes one out, if it waits. */
  remove(client: string, item: T): void {
    const queue = this.#queues.get(client);
    const at = queue?.indexOf(item) ?? -1;
    if (queue === undefined || at === -1) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(client);
    this.#size--;
  }

  #remember(client: string, taken: number): void {
    this.#taken.set(client, taken);
    if (this.#taken.size <= REMEMBERED + this.#queues.size) return;
    for (const other of this.#taken.keys()) if (!this.#queues.has(other)) this.#taken.delete(other);
  }
}
