/** How many connections each client's address holds. */
export class Shares {
  readonly #counts = new Map<string, number>();

  /** One more. */
  add(address: string): void {
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  /** One less. */
  remove(address: string): void {
    const left = (this.#counts.get(address) ?? 0) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }

  /** The address that holds most, if that is more than this one would hold with one more: it can give one up. */
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
