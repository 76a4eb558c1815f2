/** The memory for request bodies: limited in total, and for each client to half of the limit. */
export class BytesInFlight {
  readonly #limit: number;
  readonly #clients = new Map<string, number>();
  #reserved = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The number of bytes that are reserved in total. */
  get reserved(): number {
    return this.#reserved;
  }

  /** Reserves bytes for a client. @returns false if that would exceed a limit; then nothing is reserved */
  reserve(client: string, bytes: number): boolean {
    const own = (this.#clients.get(client) ?? 0) + bytes;
    if (this.#reserved + bytes > this.#limit || own > this.#limit / 2) return false;
    this.#reserved += bytes;
    this.#clients.set(client, own);
    return true;
  }

  release(client: string, bytes: number): void {
    this.#reserved -= bytes;
    const own = (this.#clients.get(client) ?? 0) - bytes;
    if (own > 0) this.#clients.set(client, own);
    else this.#clients.delete(client);
  }
}
