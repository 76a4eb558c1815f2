/** Counts the connections of each client address. */
export class ConnectionCounts {
  readonly #counts = new Map<string, number>();

  add(address: string): void {
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  remove(address: string): void {
    const count = (this.#counts.get(address) ?? 0) - 1;
    if (count > 0) this.#counts.set(address, count);
    else this.#counts.delete(address);
  }

  /**
   * Returns the address with the most connections, if it has more than this one would have with one more; undefined
   * otherwise.
   */
  largerThan(address: string): string | undefined {
    let largest: string | undefined;
    let most = (this.#counts.get(address) ?? 0) + 1;
    for (const [other, count] of this.#counts) {
      if (count <= most) continue;
      [largest, most] = [other, count];
    }
    return largest;
  }
}
