import type { ReadinessCheck } from "../sources/index.ts";

/** Whether the server is ready for requests, and the reasons if it is not. */
export class Readiness {
  readonly #checks: readonly ReadinessCheck[];
  #isStopping = false;

  constructor(checks: readonly ReadinessCheck[]) {
    this.#checks = checks;
  }

  /** Makes the server permanently not ready, because it shuts down. */
  stop(): void {
    this.#isStopping = true;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** All reasons why the server is not ready; empty if it is ready. */
  reasons(): readonly string[] {
    if (this.#isStopping) return ["shutting down"];
    return this.#checks.map((check) => check()).filter((reason) => reason !== undefined);
  }
}
