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
  readonly webhookConfigurations: readonly WebhookConfigurationName[];
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
  readonly #dependencies: ClusterDependencies;
  readonly #settings: TrustSettings;
  readonly #credentials: Credentials;
  readonly #loop: Loop;
  #stopWatching: (() => void)[] = [];
  #configurations: WebhookConfigurations | undefined;
  #trouble: string | undefined;

  constructor(dependencies: ClusterDependencies, credentials: Credentials, settings: TrustSettings) {
    this.#dependencies = dependencies;
    this.#credentials = credentials;
    this.#settings = settings;
    this.#loop = new Loop(dependencies.clock, () => this.#check());
  }

  start(): void {
    const { api, clock } = this.#dependencies;
    const wake = (): void => {
      this.#loop.wake();
    };
    this.#stopWatching = this.#settings.webhookConfigurations.map((one) =>
      notifyOnChange({ api, clock, onError: () => undefined }, collectionOf(one), one.name, wake),
    );
    wake();
  }

  /** Why the API server would not get through; undefined if it would. What was seen last counts through an outage. */
  readonly readiness = (): string | undefined => {
    const pair = this.#credentials.current();
    // That there is none is for the credentials to say, and why.
    if (pair === undefined) return undefined;
    if (this.#configurations === undefined) {
      return `the registration has not been read yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
    }
    return reasonNotTrusted(pair, this.#settings.hosts, this.#configurations, this.#dependencies.clock.now());
  };

  /** When the CA expires that the certificate hangs on, as the registration has it; undefined where it does not. */
  caExpiry(): Date | undefined {
    const pair = this.#credentials.current();
    const [webhook] = this.#configurations?.webhooks ?? [];
    if (pair === undefined || webhook === undefined) return undefined;
    const inspection = inspectPair(pair, { hosts: [], trusted: webhook.caBundle, now: this.#dependencies.clock.now() });
    return "valid" in inspection ? new Date(inspection.valid.root.validTo) : undefined;
  }

  close(): Promise<void> {
    for (const end of this.#stopWatching) end();
    return this.#loop.close();
  }

  async #check(): Promise<number> {
    try {
      this.#configurations = await readWebhookConfigurations(
        this.#dependencies.api,
        this.#settings.webhookConfigurations,
      );
      this.#trouble = undefined;
      return this.#settings.resync;
    } catch (error) {
      const trouble = errorText(error);
      if (trouble !== this.#trouble) this.#dependencies.log.warn({ trouble }, "the registration cannot be read");
      this.#trouble = trouble;
      return RETRY;
    }
  }
}
