/** What waits, by the address of the client that asked: they take turns, so that one that floods waits for itself. */
export class ClientQueues<T> {
  /** The client that is served next comes first. */
  readonly #queues = new Map<string, T[]>();
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
    if (queue === undefined) this.#queues.set(client, [item]);
    else if (isFirst) queue.unshift(item);
    else queue.push(item);
    this.#size++;
  }

  /** Takes the next: the first of the client whose turn it is, which then is the last to have another. */
  take(): T | undefined {
    const [turn] = this.#queues;
    if (turn === undefined) return undefined;
    const [client, queue] = turn;
    const item = queue.shift();
    this.#queues.delete(client);
    if (queue.length > 0) this.#queues.set(client, queue);
    this.#size--;
    return item;
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
}
