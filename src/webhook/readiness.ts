import type { ReadinessCheck } from "../sources/index.ts";

/** Whether the server may be called, and if not, why not, in words. */
export class Readiness {
  readonly #checks: readonly ReadinessCheck[];
  #stopping = false;

  constructor(checks: readonly ReadinessCheck[]) {
    this.#checks = checks;
  }

  /** From now on it is not, whatever else holds. */
  stop(): void {
    this.#stopping = true;
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Every reason why not; empty if it is ready. */
  reasons(): readonly string[] {
    if (this.#stopping) return ["shutting down"];
    return this.#checks.map((check) => check()).filter((reason) => reason !== undefined);
  }
}
