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
  /** The DNS names and IP addresses under which the API server may call the webhook. */
  readonly hosts: readonly string[];
  /** Milliseconds after which the configurations are read again even if no change was reported. */
  readonly resync: number;
}

/** Milliseconds before the next attempt after a failure. */
const RETRY = 5_000;

/**
 * Checks a certificate that somebody else issues and mounts (cert-manager, or the user) against the CAs that the
 * webhook configurations trust: names, chain, key and dates. Writes nothing.
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

  /**
   * Why the API server could not call this server; undefined if it could. During an outage the last known
   * configurations count.
   */
  readonly readiness = (): string | undefined => {
    const pair = this.#credentials.current();
    // If there is no certificate, the credentials' own readiness check reports it.
    if (pair === undefined) return undefined;
    if (this.#configurations === undefined) {
      return `the registration has not been read yet${this.#trouble === undefined ? "" : `: ${this.#trouble}`}`;
    }
    return reasonNotTrusted(pair, this.#settings.hosts, this.#configurations, this.#dependencies.clock.now());
  };

  /** When the CA of the certificate expires, as the first webhook trusts it; undefined if that is not known. */
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
