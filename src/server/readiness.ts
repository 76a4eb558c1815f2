import type { Credentials, ReadinessCheck } from "./credentials.ts";
import { problemOfDates } from "./pair.ts";

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

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Every reason why not; empty if it is ready. */
  reasons(): readonly string[] {
    if (this.#stopping) return ["shutting down"];
    return this.#checks.map((check) => check()).filter((reason) => reason !== undefined);
  }
}

/** Not ready without a certificate, nor with one that no client takes today. */
export function certificateCheck(credentials: Credentials, clock: () => Date): ReadinessCheck {
  return () => {
    const pair = credentials.current();
    if (pair === undefined) return "there is no certificate to serve with yet";
    return problemOfDates(pair, clock());
  };
}
