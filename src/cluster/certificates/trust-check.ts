import type { Credentials } from "../../sources/index.ts";
import { type ClusterDependencies, errorText, notifyOnChange } from "../api/index.ts";
import { Loop } from "../loop/index.ts";
import { inspectPair } from "./inspect.ts";
import { reasonNotTrusted } from "./readiness.ts";
import {
  collectionOf,
  readWebhookConfigurations,
  type WebhookConfigurationName,
  type WebhookConfigurations,
} from "./webhook-configurations.ts";

export interface TrustSettings {
  readonly registrations: readonly WebhookConfigurationName[];
  /** The DNS names and IP addresses that the API server may call. */
  readonly hosts: readonly string[];
  /** Milliseconds from one look to the next, should no news come. */
  readonly resync: number;
}

/** After trouble, in milliseconds. */
const RETRY = 5_000;

/**
 * Holds a certificate that somebody else makes and mounts (cert-manager, or the user) against what the registration
 * trusts: names, chain, key and dates. It writes nothing.
 */
export class TrustCheck {
  readonly #world: ClusterDependencies;
  readonly #settings: TrustSettings;
  readonly #credentials: Credentials;
  readonly #loop: Loop;
  #endings: (() => void)[] = [];
  #registered: WebhookConfigurations | undefined;
  #trouble: string | undefined;

  constructor(world: ClusterDependencies, credentials: Credentials, settings: TrustSettings) {
    this.#world = world;
    this.#credentials = credentials;
    this.#settings = settings;
    this.#loop = new Loop(world.clock, () => this.#look());
  }

  start(): void {
    const { api, clock } = this.#world;
    const wake = (): void => {
      this.#loop.wake();
    };
    this.#endings = this.#settings.registrations.map((one) =>
      notifyOnChange({ api, clock, onError: () => undefined }, collectionOf(one), one.name, wake),
    );
    wake();
  }

  /** Why the API server would not get through; undefined if it would. What was seen last counts through an outage. */
  readonly readiness = (): string | undefined => {
    const pair = this.#credentials.current();
    // That there is none is for the credentials to say, and why.
    if (pair === undefined) return undefined;
    if (this.#registered === undefined) {
      return `the registration has not been read yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
    }
    return reasonNotTrusted(pair, this.#settings.hosts, this.#registered, this.#world.clock.now());
  };

  /** When the CA expires that the certificate hangs on, as the registration has it; undefined where it does not. */
  caExpiry(): Date | undefined {
    const pair = this.#credentials.current();
    const [entry] = this.#registered?.entries ?? [];
    if (pair === undefined || entry === undefined) return undefined;
    const inspection = inspectPair(pair, { hosts: [], trusted: entry.bundle, now: this.#world.clock.now() });
    return "sound" in inspection ? new Date(inspection.sound.root.validTo) : undefined;
  }

  close(): Promise<void> {
    for (const end of this.#endings) end();
    return this.#loop.close();
  }

  async #look(): Promise<number> {
    try {
      this.#registered = await readWebhookConfigurations(this.#world.api, this.#settings.registrations);
      this.#trouble = undefined;
      return this.#settings.resync;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble) this.#world.log.warn({ trouble }, "the registration cannot be read");
      this.#trouble = trouble;
      return RETRY;
    }
  }
}
