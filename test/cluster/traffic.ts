import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "#src/cluster/loop/clock.ts";
import type { TestReplica } from "./replica.ts";

/** Milliseconds after which an API server learns of a new caBundle. */
const HEARS_AFTER = 5_000;

/** Calls every replica repeatedly, like an API server that knows the caBundles of some seconds ago. */
export class Traffic {
  readonly #clock: Clock;
  readonly #bundles: () => string[];
  readonly #replicas: () => TestReplica[];
  #running: Promise<void> | undefined;
  #ended = true;
  #calls = 0;
  #failures: string[] = [];

  constructor(clock: Clock, bundles: () => string[], replicas: () => TestReplica[]) {
    this.#clock = clock;
    this.#bundles = bundles;
    this.#replicas = replicas;
  }

  start(): void {
    this.#calls = 0;
    this.#failures = [];
    this.#ended = false;
    this.#running = this.#run();
  }

  async end(): Promise<{ readonly calls: number; readonly failures: readonly string[] }> {
    this.#ended = true;
    await this.#running;
    return { calls: this.#calls, failures: this.#failures };
  }

  async #run(): Promise<void> {
    let known = this.#bundles();
    let heard = this.#clock.now().getTime();
    while (!this.#ended) {
      if (this.#clock.now().getTime() - heard >= HEARS_AFTER) {
        known = this.#bundles();
        heard = this.#clock.now().getTime();
      }
      for (const replica of this.#replicas()) {
        if (replica.credentials.readiness() === undefined) await this.#call(replica, known);
      }
      await pause(2);
    }
  }

  async #call(replica: TestReplica, bundles: readonly string[]): Promise<void> {
    // Webhooks with the same caBundle are answered in the same way.
    for (const bundle of new Set(bundles)) {
      this.#calls++;
      try {
        const { trusted } = await replica.call([bundle]);
        if (!trusted.every((isTrusted) => isTrusted))
          throw new Error(`replica ${replica.name}: the certificate served is not trusted`);
      } catch (error) {
        if (!replica.dead) this.#failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
