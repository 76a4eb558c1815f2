import { setTimeout as pause } from "node:timers/promises";
import { errorText } from "#src/cluster/api/kubernetes-api.ts";
import type { Cluster } from "./cluster.ts";

const SERVICE = { selector: { app: "steady" }, ports: [{ name: "http", port: 80 }] };
/** Where to write: a namespace to which the webhooks apply. */
export interface Place {
  readonly cluster: Pick<Cluster, "api">;
  readonly namespace: string;
}

/** Milliseconds between two calls of one caller. */
const PACE = 30;
const CALLERS = 2;

/**
 * Constant writes of Services through the API server, like kubectl's: half of them dry-run creates, half of them
 * updates of a Service that each caller has. With `failurePolicy: Fail`, a write that Fairlead did not answer fails.
 */
export class Traffic {
  readonly #place: Place;
  readonly #count: number;
  #callers: Promise<unknown> = Promise.resolve();
  #ended = true;
  #held = false;
  #busy = 0;
  #calls = 0;
  #failures: string[] = [];

  constructor(place: Place, callers = CALLERS) {
    this.#place = place;
    this.#count = callers;
  }

  async start(): Promise<void> {
    const names = Array.from({ length: this.#count }, (_, caller) => `steady-${caller}`);
    await Promise.all(names.map((name) => this.#prepare(name)));
    this.#calls = 0;
    this.#failures = [];
    this.#ended = false;
    this.#callers = Promise.all(names.map((name) => this.#run(name)));
  }

  /** Waits until no call is in flight, and holds back new ones until {@link release}. */
  async hold(): Promise<void> {
    this.#held = true;
    while (this.#busy > 0) await pause(5);
  }

  release(): void {
    this.#held = false;
  }

  async end(): Promise<{ readonly calls: number; readonly failures: readonly string[] }> {
    this.#ended = true;
    await this.#callers;
    return { calls: this.#calls, failures: this.#failures };
  }

  /** The number of writes so far. */
  get calls(): number {
    return this.#calls;
  }

  get #services(): string {
    return `/api/v1/namespaces/${this.#place.namespace}/services`;
  }

  /** The Service to update; created as soon as the API server can be reached. */
  async #prepare(name: string): Promise<void> {
    const { api } = this.#place.cluster;
    const deadline = Date.now() + 10_000;
    for (;;) {
      try {
        await api.get(`${this.#services}/${name}`);
        await this.#change(name);
        return;
      } catch {
        const body = { apiVersion: "v1", kind: "Service", metadata: { name }, spec: SERVICE };
        await api.create(this.#services, body).catch(async (error: unknown) => {
          if (Date.now() > deadline) throw error;
          await pause(100);
        });
      }
    }
  }

  async #run(name: string): Promise<void> {
    for (let turn = 0; !this.#ended; turn++) {
      await pause(PACE);
      if (this.#held) continue;
      this.#busy++;
      try {
        this.#calls++;
        await (turn % 2 === 0 ? this.#create() : this.#change(name));
      } catch (error) {
        this.#failures.push(`${new Date().toISOString()} ${errorText(error)}`);
      } finally {
        this.#busy--;
      }
    }
  }

  #create(): Promise<unknown> {
    const body = { apiVersion: "v1", kind: "Service", metadata: { generateName: "steady-" }, spec: SERVICE };
    return this.#place.cluster.api.create(`${this.#services}?dryRun=All`, body);
  }

  #change(name: string): Promise<unknown> {
    const body = { metadata: { annotations: { at: String(this.#calls) } } };
    return this.#place.cluster.api.patch(`${this.#services}/${name}`, "merge", body);
  }
}
