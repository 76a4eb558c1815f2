/** The bytes that are held for bodies at a time: within a limit together, and for one client within half of it. */
export class BytesInFlight {
  readonly #limit: number;
  readonly #clients = new Map<string, number>();
  #held = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are held. */
  get held(): number {
    return this.#held;
  }

  /** Takes so many for a client. @returns whether there was room. */
  take(client: string, bytes: number): boolean {
    const own = (this.#clients.get(client) ?? 0) + bytes;
    if (this.#held + bytes > this.#limit || own > this.#limit / 2) return false;
    this.#held += bytes;
    this.#clients.set(client, own);
    return true;
  }

  /** Gives so many back. */
  give(client: string, bytes: number): void {
    this.#held -= bytes;
    const own = (this.#clients.get(client) ?? 0) - bytes;
    if (own > 0) this.#clients.set(client, own);
    else this.#clients.delete(client);
  }
}
